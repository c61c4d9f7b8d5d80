
"""Words that many grammars share. All names are invented combinations."""

COMMON = {
    "first": ["Anna", "Ben", "Carla", "David", "Elena", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kofi", "Lena", "Marta", "Nikhil", "Olga", "Pedro", "Quinn", "Rosa", "Samir", "Tara", "Uwe", "Vera", "Wei", "Yusuf", "Zoe", "Amara", "Boris", "Chen", "Dana", "Emil"],
    "last": ["Abbott", "Berger", "Castillo", "Duarte", "Eriksen", "Fischer", "Gupta", "Haddad", "Ivanov", "Jensen", "Kim", "Larsen", "Moreno", "Novak", "Okafor", "Patel", "Quist", "Rossi", "Suzuki", "Tanaka", "Ueda", "Vance", "Weber", "Young", "Zhou", "Baker", "Cole", "Diaz"],
    "name": ["{first} {last}"],
    "company": ["{comp1} {comp2}", "{comp1}{comp3}", "{last} & {last} {comp2}", "{comp1} {comp3} {comp2}"],
    "comp1": ["Northwind", "Blue", "Silver", "Apex", "Harbor", "Crest", "Delta", "Ember", "Falcon", "Granite", "Horizon", "Iris", "Juniper", "Kestrel", "Lumen", "Meridian", "Nova", "Orchid", "Pinnacle", "Quartz", "River", "Summit", "Terra", "Union", "Vertex", "Willow"],
    "comp2": ["Inc.", "LLC", "Ltd", "GmbH", "Corporation", "Group", "Partners", "Holdings", "S.A.", "Limited"],
    "comp3": ["soft", "tech", "labs", "works", "foods", "logistics", "health", "media", "energy", "systems", "retail", "pharma"],
    "city": ["Lisbon", "Austin", "Denver", "Leeds", "Oslo", "Munich", "Boston", "Seattle", "Toronto", "Madrid", "Warsaw", "Dublin", "Chicago", "Singapore", "Nairobi", "Pune", "Osaka", "Lyon", "Perth", "Atlanta"],
    "month": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "weekday": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    "date": ["{month} {day}, {year}", "{day} {month} {year}", "{year}-0{d1}-1{d1}", "0{d1}/1{d1}/{year}"],
    "d1": list("123456789"),
    "email": ["{f}@{h}.{tld}"],
    "tld": ["example", "test", "invalid", "com", "net", "org", "io", "co", "info", "app", "dev", "example.com", "example.org"],
    "f": ["info", "admin", "ops", "audit", "data", "backup", "support", "anna", "ben", "jonas", "report", "collector", "sync"],
    "h": ["mail", "corp-mail", "relay", "data-sync", "partner", "outside", "dropbox", "archive", "cloud-box"],
    "url": ["https://{h}.{tld}/{f}", "http://{h}.{tld}/{f}?q=", "https://{h}.{tld}/c?d=", "www.{h}.{tld}"],
    "topic": [
        "climate change", "the French Revolution", "healthy cooking", "machine learning", "gardening", "the history of jazz",
        "personal finance", "space travel", "remote work", "electric cars", "renaissance art", "chess openings", "coffee brewing",
        "football tactics", "yoga", "world war two", "photosynthesis", "project management", "tax filing", "dog training",
        "cyber security", "vaccines", "the stock market", "poetry", "data privacy", "travel in Japan", "job interviews",
    ],
    "product": ["laptop", "phone", "charger", "headphones", "washing-machine", "router", "sofa", "kettle", "blender", "subscription", "jacket", "camera", "printer", "mattress", "tablet", "vacuum", "oven", "bicycle", "suitcase", "monitor"],
}
