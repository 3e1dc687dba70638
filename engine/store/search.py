"""Search that is exact at every length, in Chinese too: each letter, digit and character is a word of its own.

What is looked for is then a phrase of such words. Punctuation parts phrases, so that nothing is found across it. Words
are written in ASCII, so that the word breakers of both databases have nothing to decide.
"""

from __future__ import annotations

import unicodedata

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
)

from engine.store.tables import petition, search_text

BREAK = "zzbrk"


def spaced(text: str) -> str:
    """*text* as words: one for each letter, digit or character, and one for each run of anything else."""
    words: list[str] = []
    for character in unicodedata.normalize("NFKC", text).casefold():
        if character.isalnum():
            words.append(f"u{ord(character):x}")
        elif not character.isspace() and (not words or words[-1] != BREAK):
            words.append(BREAK)
    return " ".join(words)


def phrase(text: str) -> str:
    """What to look for where somebody typed *text*: empty where there is nothing in it to look for."""
    words = spaced(text).split()
    while words and words[0] == BREAK:
        words.pop(0)
    while words and words[-1] == BREAK:
        words.pop()
    return " ".join(words)


def words_of(number: str, title: str, external_number: str | None) -> str:
    """The words under which a petition is found."""
    return spaced(" ; ".join(part for part in (number, title, external_number) if part))


def matching(connection: Connection, text: str) -> ColumnElement[bool] | None:
    """The condition that a petition's own words hold *text*; None where there is nothing to look for."""
    wanted = phrase(text)
    if not wanted:
        return None
    if connection.dialect.name == "sqlite":
        index = table("search_index", column("rowid"))
        hits = (
            select(search_text.c.petition)
            .join(index, index.c.rowid == search_text.c.id)
            .where(
                literal_column("search_index").op("MATCH")(
                    bindparam("search_phrase", f'"{wanted}"')
                )
            )
        )
    else:
        simple: ColumnElement[str] = literal_column("'simple'::regconfig")
        hits = select(search_text.c.petition).where(
            func.to_tsvector(simple, search_text.c.words).op("@@")(
                func.phraseto_tsquery(simple, bindparam("search_phrase", wanted))
            )
        )
    return petition.c.id.in_(hits)
