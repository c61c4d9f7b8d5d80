"""Scripts that write the word lists of named entities from public sources; each says which package it reads."""
