"""Carrying running petitions from one version of the drawings to another, many at a time.

A designer proposes, the files are planned one by one (the dry run), a second person confirms, and every file is carried
over in a transaction of its own through the counter. Whatever fails or falls behind stays on its version; nothing is
ever in between.
"""

from engine.drafting.migration.batches import OPEN, Migrations
from engine.drafting.migration.renaming import lines_of, read_renaming, suggested
from engine.office.migrating import Route

__all__ = ["OPEN", "Migrations", "Route", "lines_of", "read_renaming", "suggested"]
