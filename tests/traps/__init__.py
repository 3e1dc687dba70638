"""The traps of the law: what a naive reading gets wrong, each in a named test. The table is in ``tests/README.md``."""
