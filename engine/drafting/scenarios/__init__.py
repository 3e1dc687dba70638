"""Trying a drawing before it is in force: a private office on a clock that can be turned, played as a list of moves."""
