"""What somebody types into a search box, as a condition: words of the petition, or the name of an organ that has it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from engine.people.directory import Directory
from engine.store.search import matching, phrase
from engine.store.tables import part, petition


def finding(connection: Connection, directory: Directory, text: str) -> ColumnElement[bool] | None:
    """The condition that a petition's number, title or organ holds *text*; None where nothing is looked for."""
    words = matching(connection, text)
    if words is None:
        return None
    organs = organs_named(directory, text)
    if not organs:
        return words
    return or_(
        words,
        exists(
            select(part.c.organ).where(part.c.petition == petition.c.id, part.c.organ.in_(organs))
        ),
    )


def organs_named(directory: Directory, text: str) -> list[str]:
    """The ids of the organs in whose name, Chinese or English, *text* stands."""
    wanted = f" {phrase(text)} "
    return sorted(
        organ.id
        for organ in directory.organs.values()
        if any(wanted in f" {phrase(name)} " for name in (organ.name.zh, organ.name.en))
    )
