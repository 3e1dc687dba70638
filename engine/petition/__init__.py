"""The nouns: a petition, its parties, facts, deadlines, documents, commands and entries. Frozen data, no tools."""
