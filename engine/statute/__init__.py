"""The law: dated data (TOML) and pure functions over it. No clock, no database, no diagram."""
