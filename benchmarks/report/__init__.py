"""What the records say, for people: tables of the READMEs, and one page with plots."""
