"""One module per step; its number says its place."""
