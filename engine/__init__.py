"""The engine: it knows the law, runs the diagrams and keeps the record. It never imports ``web``."""
