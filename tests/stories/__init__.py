"""Whole stories: every journey of ``engine/demo/journeys.toml``, played from registration to its end (README.md)."""
