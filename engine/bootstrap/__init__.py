"""The composition root: from settings to an office that works. Nothing connects, reads or starts at import."""

from engine.bootstrap.founding import deploy, new_store, put_in_force
from engine.bootstrap.house import Drawings, House
from engine.bootstrap.opening import open_house
from engine.bootstrap.shipped import CAST, PROCESSES, private_offices, shipped_source, version_in
from engine.bootstrap.turning import CLOCK_OFFSET, DEMONSTRATION
from engine.bootstrap.words import vocabulary
from engine.store.store import Desk

__all__ = [
    "CAST",
    "CLOCK_OFFSET",
    "DEMONSTRATION",
    "PROCESSES",
    "Desk",
    "Drawings",
    "House",
    "deploy",
    "new_store",
    "open_house",
    "private_offices",
    "put_in_force",
    "shipped_source",
    "version_in",
    "vocabulary",
]
