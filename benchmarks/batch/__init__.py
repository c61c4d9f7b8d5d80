"""How fast a corpus is scanned: rows of ordinary texts and prompts with known values, and what is to be found there."""
