"""Event logs keep to their standards, hold no person, name events as the flat drawing does, and are logged."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

import engine.audit.events as events
from engine.audit.events.model import model_of
from engine.audit.events.table import COLUMNS, no_formula
from engine.audit.events.taking import EVENTS, Form, Taken
from engine.bootstrap import House
from engine.clock import legal_date
from engine.errors import BadInput, NotPermitted
from engine.petition.parties import Actor, Role
from engine.store.queries.cases import Cases, case_ids
from tests.audit import ocel_structure, xes_structure
from tests.audit.conftest import NOW, Lived
from tests.cli.conftest import ask

__all__ = ["ask"]
OWN = Path(events.__file__).with_name("petition.xesext").read_bytes()
TODAY = legal_date(NOW)


def somebody(house: House, login: str) -> Actor:
    with house.store.reading() as desk:
        directory = desk.directory()
    person = next(one.id for one in directory.people.values() if one.login == login)
    return directory.actor_for(person, directory.organs_of(person, TODAY)[0].id, TODAY)


def taken(
    house: House, form: Form, login: str = "sealed.auditor", cases: Cases | None = None
) -> tuple[bytes, Taken]:
    out = io.BytesIO()
    told = house.event_logs.take(somebody(house, login), cases or Cases(), form, out, now=NOW)
    return out.getvalue(), told


def traces(document: bytes) -> dict[str, list[dict[str | None, str | None]]]:
    log = Xml.fromstring(document)
    return {
        next(one.get("value") or "" for one in trace if one.get("key") == "concept:name"): [
            {one.get("key"): one.get("value") for one in event}
            for event in trace.iter(f"{xes_structure.NAMESPACE}event")
        ]
        for trace in log.iter(f"{xes_structure.NAMESPACE}trace")
    }


def test_xes_is_what_the_standard_describes(house: House) -> None:
    document, told = taken(house, Form.XES)

    assert xes_structure.faults_of(document, OWN) == []
    found = traces(document)
    assert (len(found), sum(map(len, found.values()))) == (told.petitions, told.events)
    assert told.events > 500


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb'<extension name="Petition"[^>]*>', b""),
        (rb'value="complete"', b'value="done"'),
        (rb'(<event>.*?)<int key="petition:seq"[^>]*>', rb"\1"),
        (rb'(<date key="time:timestamp" value=")20', rb"\g<1>yes"),
        (rb'<string key="petition:element"', b'<string key="petition:unheard_of"'),
        (rb'xes.version="1849-2016"', b""),
        (rb"(<classifier[^>]*>)\n(<classifier[^>]*>)\n(<string[^>]*>)", rb"\3\n\1\n\2"),
    ],
)
def test_what_is_no_xes_is_found(old: bytes, new: bytes, house: House) -> None:
    document, _ = taken(house, Form.XES)
    broken, count = re.subn(old, new, document, flags=re.DOTALL)

    assert count
    assert xes_structure.faults_of(broken, OWN)


def test_ocel_is_what_the_standard_describes(house: House) -> None:
    document, told = taken(house, Form.OCEL)
    log = json.loads(document)

    assert ocel_structure.faults_of(log) == []
    assert len(log["events"]) == told.events
    kinds = {one["type"] for one in log["objects"]}
    assert kinds == {"petition", "supervision", "document", "deadline", "organ"}
    assert [one["what"] for one in log["petition:head"]["withheld"]] == [
        one.what for one in told.withheld
    ]


def _without_object(log: dict[str, Any]) -> None:
    log["objects"].pop()


def _unmet(log: dict[str, Any]) -> None:
    log["objects"].append({"id": "x", "type": "organ", "attributes": [], "relationships": []})


def _undeclared(log: dict[str, Any]) -> None:
    log["eventTypes"].pop()


def _no_time(log: dict[str, Any]) -> None:
    del log["events"][3]["time"]


@pytest.mark.parametrize("harm", [_without_object, _unmet, _undeclared, _no_time])
def test_what_is_no_ocel_is_found(harm: Any, house: House) -> None:
    log = json.loads(taken(house, Form.OCEL)[0])
    harm(log)

    assert ocel_structure.faults_of(log)


def test_the_table_holds_the_same_events(house: House) -> None:
    document, told = taken(house, Form.CSV)
    rows = list(csv.DictReader(io.StringIO(document.decode("utf-8-sig"))))
    found = traces(taken(house, Form.XES)[0])

    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == told.events
    assert [row["name"] for row in rows] == [
        event["concept:name"] for trace in found.values() for event in trace
    ]
    assert (no_formula("=1+1"), no_formula("accept")) == ("'=1+1", "accept")


@pytest.mark.parametrize("form", Form)
def test_no_log_holds_a_person_or_what_could_lead_to_one(form: Form, house: House) -> None:
    document = taken(house, form)[0].decode()
    with house.store.reading() as desk:
        files = [desk.load(id) for id in case_ids(desk, somebody(house, "sealed.auditor"), Cases(), on=TODAY)]  # fmt: skip
        people = desk.people()
    never = {"演示甲", "000-0000", "journey:"}
    never |= {word for file in files for word in (file.title, file.code, file.number)}
    ids = {one.id for one in people} - {
        role.value for role in Role
    }  # a made-up login may be a role
    never |= {one.name for one in people} | {f'"{id}"' for id in ids} | {f",{id}," for id in ids}

    assert [word for word in never if word in document] == []


def test_every_drawn_event_bears_a_label_of_the_flat_drawing(house: House) -> None:
    with house.store.reading() as desk:
        version = desk.current_procedure(TODAY)
    labels = {
        element.get("name")
        for process in ("petition", "supervision")
        for element in Xml.fromstring(model_of(house.drawings(version), process)).iter()
        if element.tag.endswith("}task")
    }
    events_ = [event for trace in traces(taken(house, Form.XES)[0]).values() for event in trace]
    drawn = {event["concept:name"] for event in events_ if event.get("petition:element")}

    assert drawn - labels == set()
    assert len(drawn) > 60
    assert None not in labels


def test_the_flat_drawing_begins_once_ends_once_and_leads_everywhere(house: House) -> None:
    with house.store.reading() as desk:
        model = Xml.fromstring(model_of(house.drawings(desk.current_procedure(TODAY)), "petition"))
    nodes = {one.get("id"): one.tag.rpartition("}")[2] for one in model.iter() if one.get("name") is not None}  # fmt: skip
    flows = [(one.get("sourceRef"), one.get("targetRef")) for one in model.iter() if one.get("sourceRef")]  # fmt: skip
    leaving, entering = {source for source, _ in flows}, {target for _, target in flows}

    assert (leaving | entering) - set(nodes) == set()
    assert [id for id, kind in nodes.items() if kind == "startEvent"] == ["start"]
    assert set(nodes) - leaving == {"end"}
    assert set(nodes) - entering == {"start"}


def test_a_process_that_is_not_drawn_is_refused(house: House) -> None:
    with house.store.reading() as desk:
        version = desk.current_procedure(TODAY)
    with pytest.raises(BadInput):
        model_of(house.drawings(version), "no_such_process")


def test_only_auditors_take_logs_and_nothing_is_logged_for_others(house: House) -> None:
    with pytest.raises(NotPermitted):
        taken(house, Form.XES, "county.clerk")


def test_sealed_matters_are_there_only_for_those_who_may_see_them(house: House) -> None:
    def sealed(login: str) -> int:
        return taken(house, Form.XES, login)[0].count(b'<boolean key="petition:sealed" value="true"/>')  # fmt: skip

    assert sealed("sealed.auditor") > 0
    assert sealed("auditor") == 0
    assert all(one.count is None for one in taken(house, Form.XES, "auditor")[1].withheld if one.what == "matters")  # fmt: skip


def test_each_petition_in_a_log_has_a_look_of_its_own(house: House) -> None:
    cases = Cases(process="supervision")
    auditor = somebody(house, "auditor")
    _, told = taken(house, Form.OCEL, "auditor", cases)
    with house.store.reading() as desk:
        ids = case_ids(desk, auditor, cases, on=TODAY)
        looks = [desk.viewings(auditor, id, on=TODAY) for id in ids]

    assert all(
        (EVENTS, "ocel", auditor.person) in {(one.what, one.reason, one.person) for one in them}
        for them in looks
    )
    assert len(ids) == told.petitions > 3


def test_a_period_and_a_version_narrow_the_log(house: House) -> None:
    everything = taken(house, Form.CSV)[1].petitions
    late = Cases(received_from=TODAY.replace(month=9, day=1), received_to=TODAY)
    early = Cases(received_to=TODAY.replace(month=8, day=31))

    parts = [taken(house, Form.CSV, cases=one)[1].petitions for one in (late, early)]
    assert sum(parts) == everything
    assert all(parts)
    assert taken(house, Form.CSV, cases=Cases(version="none"))[1].petitions == 0


def test_the_command_makes_a_log_and_a_model(
    on_sqlite: Lived, ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETITION_DATA", str(on_sqlite.settings.data))
    monkeypatch.setenv("PETITION_LANGUAGE", "en")
    log, model = tmp_path / "log.xes", tmp_path / "model.bpmn"

    status, out, _ = ask("events", "-o", log, "--as", "auditor", "--model", model, "--json")
    assert (status, json.loads(out)["petitions"] > 50) == (0, True)
    assert xes_structure.faults_of(log.read_bytes(), OWN) == []
    assert b"startEvent" in model.read_bytes()
    assert log.stat().st_mode & 0o077 == 0
    for arguments, expected in (
        (("-o", log, "--as", "auditor"), 2),
        ((), 2),
        (("-o", tmp_path / "x"), 2),
        (("-o", tmp_path / "x", "--as", "county.clerk"), 1),
        (("-o", tmp_path / "x", "--as", "auditor", "--version", "zz"), 1),
        (("-o", tmp_path / "x", "--as", "auditor", "--from", "2026-13-01"), 2),
    ):
        status, _, reason = ask("events", *arguments)
        assert (status, reason.startswith("petition: ")) == (expected, True), arguments
    assert not (tmp_path / "x").exists()
