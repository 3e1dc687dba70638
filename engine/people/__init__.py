"""Organs and people: who is above whom, who may act for whom, who may see what."""
