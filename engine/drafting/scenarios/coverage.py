"""What of a version scenarios come through: each element, flow and clock, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.drafting.scenarios.private_office import PrivateOffice
from engine.procedure import Procedure
from engine.statute.law import Law
from engine.store.queries.census import all_files

CLOCK_WORDS = ("opened", "met", "late", "passed", "extended", "suspended")
"""What can become of a deadline, as coverage counts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often elements were entered and flows taken (by id), and what became of the deadlines of each limit."""

    elements: Counter[str] = field(default_factory=Counter)
    flows: Counter[str] = field(default_factory=Counter)
    clocks: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            elements=self.elements + other.elements,
            flows=self.flows + other.flows,
            clocks=self.clocks + other.clocks,
        )


def covered(office: PrivateOffice) -> Coverage:
    """What the files of *office* have come through."""
    elements, clocks = Counter[str](), Counter[tuple[str, str]]()
    with office.store.reading() as desk:
        files = [desk.load(id) for id in all_files(desk)]
    for file in files:
        for entry in office.entries(file.id):
            elements.update(entry.consequences.get("entered", ()))
        for row in file.ledger:
            became = {
                "opened": True,
                "met": row.state == "met",
                "late": row.state == "met_late",
                "passed": row.passed_by is not None,
                "extended": row.extension_days > 0,
                "suspended": bool(row.suspensions),
            }
            clocks.update((row.limit, word) for word, is_so in became.items() if is_so)
    return Coverage(elements=elements, flows=Counter(office.flows), clocks=clocks)


def together(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of several scenarios."""
    return sum(parts, Coverage())


def to_data(coverage: Coverage, procedure: Procedure, law: Law) -> Mapping[str, object]:
    """The coverage of all elements, flows and clocks of *procedure*, those that are never reached among them."""
    limits = sorted({limit.id for limit in law.limits()})
    return {
        "elements": {one.id: coverage.elements[one.id] for one in procedure.elements()},
        "flows": {one.id: coverage.flows[one.id] for one in procedure.flows()},
        "clocks": {
            limit: {word: coverage.clocks[limit, word] for word in CLOCK_WORDS} for limit in limits
        },
    }
