"""What stands beside entities in made texts, and what looks like one."""

BRANDS = (
    "Mercedes", "Ferrari", "Toyota", "Lincoln", "Chevrolet", "Porsche", "Skoda", "Lexus", "Adidas", "Nike", "Levi's",
    "Chanel", "Dior", "Prada", "Gucci", "Versace", "Armani", "Hermes", "Nokia", "Samsung", "Dell", "Lenovo", "Philips",
    "Siemens", "Bosch", "Braun", "Kellogg's", "Heinz", "Nestle", "Starbucks", "Wendy's", "Domino's", "Denny's",
    "Macy's", "Ben & Jerry's", "Jack Daniel's", "Johnnie Walker", "Dr Pepper", "Uncle Ben's", "Aunt Jemima", "Alexa",
    "Siri", "Cortana", "Claude", "Gemini", "Bard", "Tesla", "Edison", "Ford", "Honda", "Barbie", "Lego", "Madden",
    "Gillette", "Victoria's Secret", "Calvin Klein", "Tommy Hilfiger", "Ralph Lauren", "Marks & Spencer",
)  # fmt: skip
PRODUCTS = (
    "Explorer", "Galaxy S24", "iPhone 15", "Model Y", "Thinkpad", "Kindle", "Corolla", "Civic", "Air Max", "Focus",
    "Escort", "Golf", "Polo", "Clio", "Megane", "Octavia", "Fiesta", "Mustang", "Charger", "Stanley cup",
)  # fmt: skip
SHOWS = (
    "Game of Thrones", "Breaking Bad", "the game", "The Office", "Gilmore Girls", "Star Wars", "Love Island",
    "the news", "Grey's Anatomy", "Black Mirror",
)  # fmt: skip
SOFTWARE = (
    "Python", "Java", "Ruby", "Julia", "Pascal", "Ada", "Perl", "Scala", "Rust", "Django", "Flask", "Jenkins",
    "Docker", "Kubernetes", "Kafka", "Cassandra", "Redis", "Airflow", "Angular", "Vue", "React", "Svelte", "Jira",
    "Confluence", "Grafana", "Prometheus", "Ansible", "Puppet", "Chef", "Maven", "Gradle", "Visual Studio Code",
    "Excel", "PowerPoint", "Windows Server", "Ubuntu", "Debian", "Fedora", "Hadoop", "Spark", "Pandas", "NumPy",
    "PyTorch", "TensorFlow", "Keras", "Jupyter", "Tableau", "Looker", "Salesforce", "Shopify", "Spring Boot",
)  # fmt: skip
THINGS = (
    "Pythagorean theorem", "Fourier transform", "Kalman filter", "Turing machine", "Fibonacci sequence",
    "Dijkstra algorithm", "Bayes theorem", "Nash equilibrium", "Doppler effect", "Heisenberg principle",
    "Pareto principle", "Bohr model", "Riemann hypothesis", "Gantt chart", "Venn diagram", "Markov chain",
    "Monte Carlo method", "Poisson distribution", "Hawthorne effect", "Socratic method", "Eisenhower matrix",
    "Marshall Plan", "Monroe Doctrine", "Maslow hierarchy", "Myers-Briggs test", "Levenshtein distance",
    "Hamming code", "Boyer-Moore search", "Fisher-Yates shuffle", "Knuth-Morris-Pratt algorithm", "Pilates routine",
    "Victorian era", "Edwardian style", "Great Depression", "Cold War", "French Revolution", "Green New Deal",
    "Fermi paradox", "Schrodinger equation", "Laplace operator", "Cauchy sequence", "Hubble telescope",
)  # fmt: skip
JOBS = (
    "engineer", "teacher", "nurse", "accountant", "sales manager", "software developer", "plumber", "lawyer", "chef",
    "data analyst", "Project Manager", "Head of Marketing", "Chief Executive Officer", "Product Owner", "journalist",
    "painter", "guitarist", "footballer", "poet", "historian", "Tax preparer", "Encoding clerk", "Health inspector",
    "architect", "physician", "Benefits manager", "actor", "novelist", "Software Engineer", "Account Executive",
)  # fmt: skip
OBJECTS = (
    "the report", "the printer", "the invoice", "your passport", "the heating", "gardening", "tax return", "the roof",
    "chess", "hiking", "the new laptop", "the contract", "the login page", "Quarterly Results", "Annual Budget",
    "Introduction to Statistics", "the broken window", "machine learning", "the memory leak", "the parser", "cats",
    "Data Structures", "Climate Change", "Time Management", "customer service", "the washing machine",
)  # fmt: skip
SENTENCES = (
    "The meeting was moved to the afternoon.", "I never got the parcel.", "We should talk about the budget.",
    "It rained all day.", "The printer is broken again.", "Can you send me the slides?", "I will be there at noon.",
    "He did a great job on the project.", "She was late twice this week.", "Nothing works since the update.",
    "Please find attached the document.", "There is no reason to worry.", "The food was cold and the room was loud.",
    "They want to cancel the order.", "What a day!", "I would like to know the price.", "Let me know what you think.",
    "the results are in", "i think it will be fine", "we are going out tonight", "It hurts when I breathe.",
    "Her communication has improved, but deadlines were missed.", "The patient denies chest pain and fever.",
    "Could you explain how this works?", "Revenue grew by eight percent.", "You can do it in three easy steps.",
    "Thank you for your patience.", "First, open the settings and choose Network.", "That sounds like a good plan.",
)  # fmt: skip
TEAMS = (
    "Giants", "Lakers", "Real Madrid", "Bayern Munich", "the Yankees", "Liverpool", "Red Sox", "Arsenal", "Juventus",
    "Blue Jays", "Marketing", "Finance", "Platform", "Chelsea", "Ajax", "Celtic", "Galatasaray", "Boca Juniors",
)  # fmt: skip
IDENTIFIERS = (
    "user", "name", "first_name", "person", "address", "get_user", "mark", "frank", "will", "page", "dean", "max_value",
    "order", "parse", "index", "patient", "customer", "street", "city", "victor", "jack", "grant", "bill", "token",
)  # fmt: skip
LANGUAGES = ("German", "French", "Spanish", "Italian", "Polish", "Turkish", "Japanese", "English")
NATIONALITIES = (
    "American", "British", "German", "French", "Italian", "Spanish", "Polish", "Swedish", "Indian", "Japanese",
    "Brazilian", "Turkish", "Russian", "Canadian", "Irish", "Nigerian", "Argentine", "Czech", "Indonesian",
)  # fmt: skip
ENDINGS = (
    "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "GmbH", "AG", "S.A.", "Group", "Holdings", "Corporation", "Corp.", "Bank",
    "Partners", "University", "College", "Hospital", "Institute", "Foundation", "Records", "Press", "Airlines",
    "Motors", "Systems", "Software", "Solutions", "Consulting", "Insurance", "Stores", "Association", "Museum",
)  # fmt: skip
HEADS = (
    "Northern", "United", "Green", "Blue", "Royal", "National", "First", "Global", "Pacific", "Atlantic", "Central",
    "Bright", "Silver", "Golden", "Rapid", "Omni", "Star", "Sun", "Moon", "River", "Mountain", "Delta", "Alpha", "Nova",
    "Quantum", "Vertex", "Apex", "Urban", "Modern", "Pioneer", "Liberty", "Union", "Crystal", "Iron", "Oak", "Cedar",
)  # fmt: skip
KNOWN_COMPANIES = (
    "Microsoft", "Google", "Apple", "Amazon", "IBM", "Intel", "Sony", "Siemens", "Volkswagen", "Deutsche Bank", "HSBC",
    "Shell", "BBC", "CNN", "NASA", "FBI", "United Nations", "European Union", "Red Cross", "Harvard University",
    "Oxford University", "General Electric", "Boeing", "Airbus", "Nestle", "Toyota", "Walmart", "Netflix", "Twitter",
    "Facebook", "YouTube", "Bank of America", "Goldman Sachs", "JP Morgan", "Johnson & Johnson", "Ernst & Young",
    "World Health Organization", "Greenpeace", "New York Times", "The Guardian", "Labour Party", "Republican Party",
)  # fmt: skip
COUNTRIES = (
    "Germany", "France", "Italy", "Spain", "Poland", "Sweden", "Norway", "Denmark", "Finland", "Iceland", "Ireland",
    "Portugal", "Greece", "Turkey", "Russia", "Ukraine", "China", "Japan", "Korea", "India", "Pakistan", "Indonesia",
    "Australia", "New Zealand", "Canada", "Mexico", "Brazil", "Argentina", "Chile", "Peru", "Colombia", "Egypt",
    "Kenya", "Nigeria", "South Africa", "Morocco", "Israel", "Iran", "Iraq", "Jordan", "Georgia", "Chad", "Mali",
    "the United States", "the United Kingdom", "USA", "UK", "England", "Scotland", "Mongolia", "Netherlands",
    "Switzerland", "Austria", "Hungary", "Slovenia", "Estonia", "Latvia", "California", "Texas", "Florida", "Ontario",
    "Bavaria", "Tuscany", "Catalonia", "Queensland", "Europe", "Africa", "Asia",
)  # fmt: skip
