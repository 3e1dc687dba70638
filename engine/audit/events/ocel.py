"""OCEL 2.0 as JSON, written as it goes: petitions, supervision files, documents, deadlines and organs, and who met in which event.

A petitioner is no object: nothing of the log leads from one petition to another by way of a person. Every object is met by
at least one event, since tools drop silently what none refers to.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Final

from engine.audit.course import written
from engine.audit.events.cases import Case, Event, Head
from engine.petition.parties import SYSTEM, Slot

IN_MEMORY: Final = 4 * 1024 * 1024
"""Octets of objects that are held in memory until the events are written."""
_STRING, _TIME, _INTEGER, _BOOLEAN = "string", "time", "integer", "boolean"
_OBJECTS: Final[Mapping[str, Mapping[str, str]]] = {
    "petition": {
        "process": _STRING, "version": _STRING, "channel": _STRING, "category": _STRING, "received_on": _TIME,
        "stage": _STRING, "sealed": _BOOLEAN,
    },
    "supervision": {"process": _STRING, "version": _STRING, "stage": _STRING, "sealed": _BOOLEAN},
    "document": {"kind": _STRING},
    "deadline": {"limit": _STRING, "article": _STRING, "state": _STRING, "legal_due": _STRING},
    "organ": {"name": _STRING},
}  # fmt: skip
_EVENT: Final[Mapping[str, str]] = {
    "element": _STRING, "act": _STRING, "title": _STRING, "role": _STRING, "kind": _STRING, "seq": _INTEGER,
    "hash": _STRING, "recorded_at": _TIME,
}  # fmt: skip


def write_ocel(
    head: Head, cases: Iterable[Case], out: BinaryIO, *, organs: Mapping[str, str], known: set[str]
) -> None:
    """Write the log of *cases* under *head* to *out*. *organs* are their names; *known* the ids of all cases."""
    log = _Log(organs=organs, known=known)
    with SpooledTemporaryFile(IN_MEMORY) as kept:
        out.write(b'{"events":[')
        parted = _Parted(out)
        objects = _Parted(kept)
        for case in cases:
            for event in log.events(case):
                parted.write(event)
            for one in log.objects(case):
                objects.write(one)
        for one in log.organ_objects():
            objects.write(one)
        out.write(b'],"objects":[')
        kept.seek(0)
        shutil.copyfileobj(kept, out)
        out.write(b'],"eventTypes":')
        out.write(_bytes([{"name": name, "attributes": _declared(_EVENT)} for name in log.names]))
        out.write(b',"objectTypes":')
        types = [{"name": name, "attributes": _declared(them)} for name, them in _OBJECTS.items()]
        out.write(_bytes(types))
        out.write(b',"petition:head":')
        out.write(_bytes(_head(head)))
        out.write(b"}\n")


@dataclass(slots=True)
class _Parted:
    """A list in the making: what is written is parted by commas."""

    out: Any
    begun: bool = False

    def write(self, one: object) -> None:
        self.out.write(b",\n" if self.begun else b"\n")
        self.out.write(_bytes(one))
        self.begun = True


@dataclass(slots=True, kw_only=True)
class _Log:
    organs: Mapping[str, str]
    known: set[str]
    names: dict[str, None] = field(default_factory=dict)
    met: dict[str, datetime] = field(default_factory=dict)
    """The organs that some event meets, with the first instant."""

    def events(self, case: Case) -> Iterator[dict[str, Any]]:
        told: set[int] = set()
        for event in case.events:
            self.names[event.name] = None
            first = event.entry.seq not in told
            told.add(event.entry.seq)
            yield {
                "id": f"{case.row.petition}:{event.place}",
                "type": event.name,
                "time": written(event.at),
                "attributes": _values(_told(event)),
                "relationships": list(self._related(case, event, first)),
            }

    def _related(self, case: Case, event: Event, first: bool) -> Iterator[dict[str, str]]:
        entry = event.entry
        yield {"objectId": case.row.petition, "qualifier": "case"}
        if entry.organ != SYSTEM.organ:
            yield self._organ(entry.organ, "acts", event.at)
        if not first:
            return  # what an entry issued and opened is told once, of its first event
        for made in entry.consequences.get("documents", ()):
            yield {"objectId": made["id"], "qualifier": "issues"}
        debtors: dict[str, None] = {}
        for row in entry.consequences.get("deadlines", ()):
            yield {"objectId": _deadline(case, row), "qualifier": _how(row, entry.seq)}
            if row["debtor"] != Slot.PETITIONER:
                debtors[row["debtor"]] = None
        for debtor in debtors:
            yield self._organ(debtor, "owes", event.at)

    def _organ(self, organ: str, how: str, at: datetime) -> dict[str, str]:
        self.met[organ] = min(at, self.met.get(organ, at))
        return {"objectId": f"organ:{organ}", "qualifier": how}

    def objects(self, case: Case) -> Iterator[dict[str, Any]]:
        row = case.row
        values = {
            "process": row.process, "version": row.version, "channel": row.channel, "category": row.category,
            "received_on": f"{row.received_on.isoformat()}T00:00:00+08:00", "stage": row.stage, "sealed": row.sealed,
        }  # fmt: skip
        kind = "supervision" if row.kind == "supervision" else "petition"
        related = []
        if row.about is not None and row.about in self.known:
            related.append({"objectId": row.about, "qualifier": "supervises"})
        entries = {event.entry.seq: (event.entry, event.at) for event in case.events}
        history: dict[str, list[tuple[Mapping[str, Any], datetime]]] = {}
        for entry, at in entries.values():
            for made in entry.consequences.get("documents", ()):
                yield _object(made["id"], "document", [("kind", made["kind"], at)])
                related.append({"objectId": made["id"], "qualifier": "has"})
            for one in entry.consequences.get("deadlines", ()):
                history.setdefault(_deadline(case, one), []).append((one, at))
        for id, rows in history.items():
            yield _object(id, "deadline", list(_changes(rows)))
            related.append({"objectId": id, "qualifier": "runs"})
        began = case.events[0].at if case.events else datetime.fromtimestamp(0, UTC)
        wanted = _OBJECTS[kind]
        given = [(name, values[name], began) for name in wanted]
        yield _object(row.petition, kind, given, related)

    def organ_objects(self) -> Iterator[dict[str, Any]]:
        for organ, at in self.met.items():
            name = self.organs.get(organ, organ)
            yield _object(f"organ:{organ}", "organ", [("name", name, at)])


def _told(event: Event) -> dict[str, object]:
    entry = event.entry
    return {
        "element": event.element, "act": entry.act, "title": event.title, "role": event.role, "kind": entry.kind.value,
        "seq": entry.seq, "hash": entry.digest, "recorded_at": written(entry.recorded_at),
    }  # fmt: skip


def _changes(
    rows: Iterable[tuple[Mapping[str, Any], datetime]],
) -> Iterator[tuple[str, object, datetime]]:
    """The values of a deadline, and again where an entry changed one."""
    before: dict[str, object] = {}
    for row, at in rows:
        for name in _OBJECTS["deadline"]:
            value = row[name] if row[name] is not None else ""
            if before.get(name) != value:
                before[name] = value
                yield name, value, at


def _object(
    id: str,
    kind: str,
    values: Iterable[tuple[str, object, datetime]],
    related: Iterable[Mapping[str, str]] = (),
) -> dict[str, Any]:
    return {
        "id": id,
        "type": kind,
        "attributes": [
            {"name": name, "time": written(at), "value": value} for name, value, at in values
        ],
        "relationships": list(related),
    }


def _values(values: Mapping[str, object]) -> list[dict[str, object]]:
    return [{"name": name, "value": value} for name, value in values.items()]


def _declared(attributes: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in attributes.items()]


def _deadline(case: Case, row: Mapping[str, Any]) -> str:
    return f"{case.row.petition}:{row['id']}"


def _how(row: Mapping[str, Any], seq: int) -> str:
    for field_, word in (("opened_by", "opens"), ("passed_by", "passes"), ("closed_by", "closes")):
        if row[field_] == seq:
            return word
    return "changes"


def _head(head: Head) -> dict[str, object]:
    cases = head.cases
    days = {"received_from": cases.received_from, "received_to": cases.received_to}
    return {
        "taken_at": written(head.taken_at),
        "taken_by": head.organ,
        "petitions": head.petitions,
        "process": cases.process,
        "version": cases.version,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "withheld": [
            {"what": one.what, "count": one.count, "why": one.why.zh} for one in head.withheld
        ],
    }


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
