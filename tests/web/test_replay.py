"""The page on which a petition is played back: every moment, without JavaScript too, at a cost that does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from engine.petition.facts import FACTS
from engine.store.queries import FileRow
from tests.web.office import Office
from web.audit.facts import NAMES, value_of

MOST_STATEMENTS = 60
A_FEW = 4
"""A file that others are about, or of which there are copies, costs a statement or two more."""


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(office.house.store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(office.house.store.engine, "before_cursor_execute", note)


def long_and_short(office: Office) -> tuple[FileRow, FileRow]:
    """The files with the most and the fewest entries that the auditor sees."""
    rows = sorted(office.files("auditor"), key=lambda row: row.version)
    return rows[-1], rows[0]


def test_every_moment_is_told_without_javascript(office: Office) -> None:
    file, _ = long_and_short(office)
    visitor = office.visitor("auditor")
    page = visitor.get(f"/petitions/{file.petition}/replay")
    seen = 1
    while (following := f"/petitions/{file.petition}/replay?at={seen + 1}") in page.links:
        page = visitor.get(following)
        seen += 1

    with office.house.store.reading() as desk:
        assert seen == desk.load(file.petition).seq > 10
    assert "逐条重演" in page.text
    assert "第22条(1)" in page.text


def test_the_player_is_given_every_moment_at_once(office: Office) -> None:
    file, _ = long_and_short(office)
    client = office.visitor("auditor").client
    found = client.get(f"/petitions/{file.petition}/replay.json").get_json()["moments"]

    assert [one["seq"] for one in found] == list(range(1, len(found) + 1))
    assert all(one["html"].count("<section") == 3 for one in found)
    assert all(one["open"] or one is found[-1] for one in found)


def test_opening_it_costs_no_more_for_a_long_record(office: Office) -> None:
    client = office.visitor("auditor").client

    def cost(file: FileRow) -> int:
        with statements(office) as sent:
            for address in ("replay?at=2", "replay.json"):
                assert client.get(f"/petitions/{file.petition}/{address}").status_code == 200
        return len(sent)

    long, short = long_and_short(office)
    cost(long)  # versions of drawings and calendars are read once
    assert abs(cost(long) - cost(short)) <= A_FEW
    assert cost(long) <= MOST_STATEMENTS


def test_a_look_at_the_replay_is_logged(office: Office) -> None:
    file, _ = long_and_short(office)
    office.visitor("auditor").get(f"/petitions/{file.petition}/replay")

    actor = office.actor("auditor")
    with office.house.store.reading() as desk:
        looks = desk.viewings(actor, file.petition, on=file.received_on.replace(year=2026))
    assert [(look.person, look.what) for look in looks][:1] == [(actor.person, "replay")]


def test_who_may_not_see_the_file_may_not_see_its_replay(office: Office) -> None:
    sealed = next(row for row in office.files("sealed.auditor") if row.sealed)
    visitor = office.visitor("auditor")

    visitor.get(f"/petitions/{sealed.petition}/replay", 404)
    assert visitor.client.get(f"/petitions/{sealed.petition}/replay.json").status_code == 404


def test_two_moments_and_two_dates_are_compared(office: Office) -> None:
    file, _ = long_and_short(office)
    page = office.visitor("auditor").get(
        f"/petitions/{file.petition}/replay?at=5&with=1&in_force=2026-11-01&known=2020-01-01"
    )

    assert "第 1 条" in page.text
    assert "其间制发的文书" in page.text
    assert "2026-11-01 之前生效、2020-01-01 之前已记录的内容" in page.text


@pytest.mark.parametrize("wrong", ["in_force=x&known=2026-01-01", "known=2026-13-01"])
def test_a_day_that_is_none_is_refused(wrong: str, office: Office) -> None:
    file, _ = long_and_short(office)
    office.visitor("auditor").get(f"/petitions/{file.petition}/replay?{wrong}", 422)


def test_a_record_that_was_altered_says_so_on_the_page(office: Office) -> None:
    file, _ = long_and_short(office)
    with office.house.store.engine.begin() as connection:
        triggers = connection.execute(
            text("select name from sqlite_master where type = 'trigger'")
        ).scalars()
        for name in list(triggers):
            connection.execute(text(f"drop trigger {name}"))
        connection.execute(
            text(
                "update entry set content = cast(replace(cast(content as text), :old, :new) as blob) "
                "where petition = :id and seq = 3"
            ),
            {"id": file.petition, "old": '"person":"', "new": '"person":"x'},
        )
    page = office.visitor("auditor").get(f"/petitions/{file.petition}/replay?at=4")

    assert "记录不能重演" in page.text
    assert "第3条" in page.text


def test_a_form_is_shown_as_it_was_filled_in_and_what_is_personal_masked(office: Office) -> None:
    file, _ = long_and_short(office)
    page = office.visitor("auditor").get(f"/petitions/{file.petition}/replay?at=1")

    assert "当时所填" in page.text
    assert "••••••" in page.text
    assert "来信" in page.text
    assert f"/petitions/{file.petition}/content" in page.links
    assert any("/documents/" in link for link in page.links)


def test_no_fact_is_told_in_the_words_of_the_engine(office: Office) -> None:
    with office.app.test_request_context():
        untold = [
            (name, value)
            for name, fact in FACTS.items()
            for value in fact.values
            if value_of(name, value) == value
        ]

    assert untold == []


def test_every_fact_has_a_name() -> None:
    assert set(NAMES) == set(FACTS)
