"""Above the counter: a petition rebuilt from its record alone, and the statute applied to what is found there."""
