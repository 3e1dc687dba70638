"""The three files that pm4py reads: the logs of a demonstration office and the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.audit.events.model import model_of
from engine.audit.events.taking import Form, Taken
from engine.bootstrap import House
from engine.clock import legal_date
from engine.store.queries.cases import Cases
from tests.audit.conftest import NOW
from tests.audit.test_event_logs import somebody


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Where they are, and what we say is in them."""

    xes: Path
    ocel: Path
    model: Path
    told: Taken


def written(house: House, folder: Path) -> Files:
    """Write them into *folder*."""
    auditor = somebody(house, "sealed.auditor")
    paths = {form: folder / f"events.{form.value}" for form in (Form.XES, Form.OCEL)}
    for form, path in paths.items():
        with path.open("wb") as out:
            told = house.event_logs.take(auditor, Cases(), form, out, now=NOW)
    model = folder / "model.bpmn"
    with house.store.reading() as desk:
        version = desk.current_procedure(legal_date(NOW))
    model.write_bytes(model_of(house.drawings(version), "petition"))
    return Files(xes=paths[Form.XES], ocel=paths[Form.OCEL], model=model, told=told)
