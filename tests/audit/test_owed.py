"""The duties by which drawings are proved judge records too: who has come to the end has left nothing out."""

from __future__ import annotations

from dataclasses import replace

from engine.audit.owed import still_owed
from engine.bootstrap import House
from engine.petition.entries import Entry
from engine.petition.file import FileKind
from engine.store.queries.census import all_files
from engine.store.queries.timeline import entries_of


def _records(house: House) -> list[tuple[str, bool, tuple[Entry, ...]]]:
    with house.store.reading() as desk:
        files = [desk.load(id) for id in all_files(desk)]
        return [
            (file.facts.get("closing") or "", file.closed_at is not None, entries_of(desk, file.id))
            for file in files
            if file.kind in {FileKind.PETITION, FileKind.SUPERVISION}
        ]


def test_a_petition_that_came_to_its_end_leaves_no_duty_undone(house: House) -> None:
    closed = [entries for _, ended, entries in _records(house) if ended]

    assert len(closed) > 10
    assert {one.id for entries in closed for one in still_owed(entries)} == set()


def test_a_running_petition_owes_what_comes_next(house: House) -> None:
    owed = {
        one.id for _, ended, entries in _records(house) if not ended for one in still_owed(entries)
    }

    assert owed >= {"give_opinion"}


def test_what_was_left_out_is_found(house: House) -> None:
    entries = next(
        entries for closing, ended, entries in _records(house) if ended and closing == "final"
    )
    without = [one for one in entries if one.act != "care"]
    unserved = [
        replace(one, consequences={**one.consequences, "facts": {}})
        if one.act == "prove_service"
        else one
        for one in entries
    ]

    assert [one.article for one in still_owed(without)] == ["37(3)"]
    assert {"35", "36(1)"} <= {one.article for one in still_owed(unserved)}
