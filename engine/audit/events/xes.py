"""XES (IEEE 1849-2016), written as it goes: one trace per petition.

Extensions of the standard: concept, time, lifecycle, organizational. Our own extension ``petition`` is declared in every
log; ``petition.xesext`` beside this file says what its attributes are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import BinaryIO, Final
from xml.sax.saxutils import quoteattr

from engine.audit.course import written
from engine.audit.events.cases import Case, Event, Head

URI: Final = "urn:petition:event-log:1"
_EXTENSIONS: Final = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
    ("Petition", "petition", URI),
)
_GLOBALS: Final = (
    ("trace", (("concept:name", "—"), ("petition:process", "—"), ("petition:version", "—"))),
    (
        "event",
        (
            ("concept:name", "—"),
            ("lifecycle:transition", "complete"),
            ("time:timestamp", datetime.fromisoformat("1970-01-01T00:00:00+00:00")),
            ("petition:seq", 0),
            ("petition:hash", "—"),
        ),
    ),
)
_CLASSIFIERS: Final = (("Event", "concept:name"), ("Act", "petition:act"))


def write_xes(head: Head, cases: Iterable[Case], out: BinaryIO) -> None:
    """Write the log of *cases* under *head* to *out*."""
    for line in _lines(head, cases):
        out.write(line.encode() + b"\n")


def _lines(head: Head, cases: Iterable[Case]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<log xes.version="1849-2016" xes.features="nested-attributes" '
        'xmlns="http://www.xes-standard.org/">'
    )
    for name, prefix, uri in _EXTENSIONS:
        yield f'<extension name="{name}" prefix="{prefix}" uri="{uri}"/>'
    for scope, globals_ in _GLOBALS:
        yield f'<global scope="{scope}">{"".join(_attribute(*one) for one in globals_)}</global>'
    for name, keys in _CLASSIFIERS:
        yield f'<classifier name="{name}" keys="{keys}"/>'
    yield from _head(head)
    for case in cases:
        yield from _trace(case)
    yield "</log>"


def _head(head: Head) -> Iterator[str]:
    yield _attribute("concept:name", "petition-office")
    yield _attribute("petition:taken_at", head.taken_at)
    yield _attribute("petition:taken_by", head.organ)
    yield _attribute("petition:petitions", head.petitions)
    cases = head.cases
    if cases.process:
        yield _attribute("petition:process", cases.process)
    if cases.version:
        yield _attribute("petition:version", cases.version)
    for name, day in (("from", cases.received_from), ("to", cases.received_to)):
        if day is not None:
            yield _attribute(f"petition:received_{name}", day.isoformat())
    for one in head.withheld:
        why = _attribute("petition:why", one.why.zh)
        count = "—" if one.count is None else one.count
        yield _attribute(f"petition:withheld_{one.what}", count, inside=why)


def _trace(case: Case) -> Iterator[str]:
    row = case.row
    yield "<trace>"
    yield "".join(
        _attribute(key, value)
        for key, value in (
            ("concept:name", row.petition),
            ("petition:process", row.process),
            ("petition:version", row.version),
            ("petition:organ", row.organ),
            ("petition:channel", row.channel),
            ("petition:category", row.category),
            ("petition:stage", row.stage),
            ("petition:received_on", row.received_on.isoformat()),
            ("petition:concluded", row.concluded),
            ("petition:sealed", row.sealed),
        )
    )
    for event in case.events:
        yield _event(event)
    yield "</trace>"


def _event(event: Event) -> str:
    entry = event.entry
    inner = [
        _attribute("concept:name", event.name),
        _attribute("lifecycle:transition", "complete"),
        _attribute("time:timestamp", event.at),
        _attribute("org:group", entry.organ),
        _attribute("org:role", event.role) if event.role else "",
        _attribute("petition:element", event.element) if event.element else "",
        _attribute("petition:act", entry.act),
        _attribute("petition:title", event.title),
        _attribute("petition:kind", entry.kind.value),
        _attribute("petition:seq", entry.seq),
        _attribute("petition:hash", entry.digest),
        _attribute("petition:recorded_at", entry.recorded_at),
    ]
    return f"<event>{''.join(inner)}</event>"


def _attribute(key: str, value: str | int | bool | date | datetime, inside: str = "") -> str:
    match value:
        case bool():
            kind, text = "boolean", "true" if value else "false"
        case int():
            kind, text = "int", str(value)
        case datetime():
            kind, text = "date", written(value)
        case _:
            kind, text = "string", str(value)
    start = f"<{kind} key={quoteattr(key)} value={quoteattr(text)}"
    return f"{start}>{inside}</{kind}>" if inside else f"{start}/>"
