"""Event logs for process mining: XES, OCEL 2.0 and CSV, and the drawing in a form that mining tools read."""
