"""The events as CSV: one line each, in UTF-8 with the mark by which spreadsheets know it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from engine.audit.course import written
from engine.audit.events.cases import Case

COLUMNS: Final = (
    "case", "event", "name", "time", "element", "act", "title", "kind", "organ", "role", "seq", "hash", "recorded_at",
    "process", "version", "received_on", "concluded",
)  # fmt: skip
_FORMULAS: Final = frozenset("=+-@\t\r")


def write_table(cases: Iterable[Case], out: BinaryIO) -> None:
    """Write the events of *cases* to *out*."""
    out.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        lines = csv.writer(text)
        lines.writerow(COLUMNS)
        for case in cases:
            lines.writerows(_lines(case))
    finally:
        text.detach()


def no_formula(value: str) -> str:
    """*value*, with a mark before it where a spreadsheet would take it for a formula."""
    return f"'{value}" if value[:1] in _FORMULAS else value


def _lines(case: Case) -> Iterator[list[str]]:
    row = case.row
    ending = [row.process, row.version, row.received_on.isoformat(), "yes" if row.concluded else "no"]  # fmt: skip
    for event in case.events:
        entry = event.entry
        cells = [
            row.petition, f"{row.petition}:{event.place}", event.name, written(event.at), event.element, entry.act,
            event.title, entry.kind.value, entry.organ, event.role, str(entry.seq), entry.digest,
            written(entry.recorded_at), *ending,
        ]  # fmt: skip
        yield [no_formula(cell) for cell in cells]
