"""Organs, people, calendars, drawings and settings are kept, recorded, and known to everybody at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.clock import legal_date
from engine.errors import DataError
from engine.people.competence import CompetenceRow
from engine.petition.parties import SYSTEM, Appointment, Person, Role, Substitution
from engine.record import chain
from engine.record.keys import KeyRing
from engine.statute.calendar import load_calendar
from engine.store.store import Store
from tests.store.samples import HOUSING, NOW, ORGANS, WATER, WATER_CLERK, file, register
from tests.store.statements import counted

TODAY = legal_date(NOW)


def test_organs_and_people_are_read_as_they_were_written(store: Store) -> None:
    stand_in = Substitution(
        absent="water_clerk",
        substitute="clerk",
        organ=WATER,
        valid_from=date(2026, 1, 1),
        role=Role.CLERK,
    )
    with store.transaction() as paper:
        paper.change_directory(substitutions=[stand_in], actor=SYSTEM, now=NOW)
    with store.reading() as desk:
        assert set(desk.organs()) == set(ORGANS)
        assert desk.substitutions() == (stand_in,)
        assert (
            Appointment(person="water_clerk", organ=WATER, role=Role.CLERK) in desk.appointments()
        )
        assert desk.directory().person("clerk") == Person(
            id="clerk", name="演示clerk", login="clerk"
        )


def test_a_change_is_seen_by_every_store_of_the_same_database(
    store: Store, url: str, keys: KeyRing
) -> None:
    other = Store(url, keys=keys)
    with other.reading() as desk:
        before = desk.directory()
    ended = Appointment(
        person="water_clerk", organ=WATER, role=Role.CLERK, valid_to=date(2026, 2, 1)
    )
    with store.transaction() as paper:
        paper.change_directory(appointments=[ended], actor=SYSTEM, now=NOW)
        inside = paper.directory()
    with other.reading() as desk:
        after = desk.directory()
    other.close()

    assert after.version == before.version + 1
    assert (inside.version, inside.appointments) == (after.version, after.appointments)
    assert after.roles_of(WATER_CLERK.person, WATER, date(2026, 3, 1)) == frozenset()


def test_a_change_that_is_undone_is_forgotten(store: Store) -> None:
    renamed = Person(id="clerk", name="演示丙", login="clerk")
    with pytest.raises(RuntimeError), store.transaction() as paper:  # noqa: PT012
        paper.change_directory(people=[renamed], actor=SYSTEM, now=NOW)
        assert paper.directory().person("clerk").name == "演示丙"
        raise RuntimeError
    with store.transaction() as paper:
        paper.change_directory(organs=[replace(ORGANS[2], code="住")], actor=SYSTEM, now=NOW)
    with store.reading() as desk:
        assert desk.directory().person("clerk").name == "演示clerk"
        assert desk.directory().organ(HOUSING).code == "住"


def test_an_organ_that_names_nobody_above_it_is_refused(store: Store) -> None:
    with pytest.raises(DataError), store.transaction() as paper:
        paper.change_directory(
            organs=[replace(ORGANS[2], government="nowhere")], actor=SYSTEM, now=NOW
        )
    nobody = Appointment(person="nobody", organ=WATER, role=Role.CLERK)
    with pytest.raises(DataError), store.transaction() as paper:
        paper.change_directory(appointments=[nobody], actor=SYSTEM, now=NOW)


def test_every_change_of_the_office_is_an_entry_of_its_chain(store: Store) -> None:
    calendar = load_calendar()
    with store.transaction() as paper:
        paper.deploy({"petition.bpmn": b"<drawing/>"}, digest="d1", now=NOW, actor=SYSTEM)
        paper.publish_calendar(calendar, actor=SYSTEM, now=NOW)
        paper.set_competence(
            [CompetenceRow(organ=WATER, subject_category="water")], actor=SYSTEM, now=NOW
        )
        for days in ("7", "7"):  # what is as it was is no change
            paper.change_settings({"law.some_days": days}, actor=SYSTEM, now=NOW)
    with store.reading() as desk:
        entries = desk.house_entries()
        assert desk.competence_rows() == (CompetenceRow(organ=WATER, subject_category="water"),)

    assert [one.act for one in entries] == [
        "change_directory", "ship_procedure", "enact_procedure", "publish_calendar", "set_competence",
        "change_settings",
    ]  # fmt: skip
    assert chain.verify_chain(entries)
    assert "演示clerk" not in str(entries)


def test_drawings_are_put_in_force_and_older_ones_kept(store: Store) -> None:
    with store.reading() as desk, pytest.raises(DataError):
        desk.current_procedure(TODAY)
    first, second = {"petition.bpmn": b"one", "forms/a.toml": b"a"}, {"petition.bpmn": b"two"}
    with store.transaction() as paper:
        paper.deploy(first, digest="d1", now=NOW, actor=SYSTEM)
        register(paper, file("p1", procedure="d1"))
        paper.deploy(second, digest="d2", now=NOW + timedelta(hours=1), actor=SYSTEM)
        assert paper.current_procedure(TODAY) == "d2"
        paper.deploy(first, digest="d1", now=NOW + timedelta(hours=2), actor=SYSTEM)
    with store.reading() as desk:
        assert desk.current_procedure(TODAY) == "d1"
        assert desk.procedure_files("d1") == first
        assert desk.procedure_files("d2") == second
        assert [(row.digest, row.in_force, row.running) for row in desk.procedures(TODAY)] == [
            ("d2", False, 0), ("d1", True, 1),
        ]  # fmt: skip
        with pytest.raises(DataError):
            desk.procedure_files("d3")


def test_a_published_calendar_is_in_force_for_every_process(
    store: Store, url: str, keys: KeyRing
) -> None:
    shipped = load_calendar()
    notice = shipped.notice(max(shipped.years()))
    assert notice is not None
    shorter = shipped.with_year(replace(notice, makeup_workdays=notice.makeup_workdays[:1]))
    other = Store(url, keys=keys)
    with other.reading() as desk:
        assert desk.calendar() == shipped
        assert desk.calendars() == ()
    with store.transaction() as paper:
        paper.publish_calendar(shorter, actor=SYSTEM, now=NOW)
    with other.reading() as desk:
        assert desk.calendar() == shorter != shipped
        assert [row.in_force for row in desk.calendars()] == [True]
    other.close()


def test_what_is_in_force_costs_no_statement_beside_a_file(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file())
    with store.reading() as desk:
        desk.directory(), desk.calendar(), desk.plan()
    with store.transaction() as paper, counted(paper) as sent:
        paper.load("p1")
        paper.directory()
        paper.calendar()
        paper.plan()

    assert len(sent) == 2


def test_settings_are_kept(store: Store) -> None:
    assert store.setting("offset") is None
    store.set_setting("offset", "1")
    store.set_setting("offset", "2")

    assert store.setting("offset") == "2"
    with store.reading() as desk:
        assert desk.settings() == {"offset": "2"}


def test_signing_in_is_remembered_by_account_and_address(store: Store) -> None:
    assert store.credentials("clerk") is None
    with store.transaction() as paper:
        paper.set_password("clerk", "hash one", now=NOW)
        paper.set_password("clerk", "hash two", now=NOW + timedelta(hours=1))
    store.sign_in_failed("clerk", "192.0.2.1", NOW)
    store.sign_in_failed("other", "192.0.2.1", NOW + timedelta(hours=1))
    found = store.credentials("clerk")

    assert found is not None
    assert (found.person, found.password_hash) == ("clerk", "hash two")
    assert store.sign_in_failures("clerk", "192.0.2.1") == ((NOW,), (NOW, NOW + timedelta(hours=1)))
    store.sign_in_worked("clerk")
    assert store.sign_in_failures("clerk", "192.0.2.2") == ((), ())
    with store.transaction() as paper:
        paper.forget_failures(before=NOW + timedelta(minutes=1))
    assert store.sign_in_failures("x", "192.0.2.1") == ((), (NOW + timedelta(hours=1),))


def test_a_database_that_was_never_set_up_says_so(bare_store: Store) -> None:
    with bare_store.transaction() as paper:
        paper.connection.exec_driver_sql("delete from house")
    with bare_store.reading() as desk, pytest.raises(DataError):
        desk.directory()
