"""Sheets of paper: the only room that knows Typst and the fonts."""
