"""Whether a paper was issued: what anybody who holds it may ask, and nothing more.

Who asks knows the number and the check that stand on the paper. The check is the beginning of a salted commitment to its
contents, so nobody guesses it, and who only guesses a number learns nothing.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from engine.petition.documents import Document
from engine.store.loading import Loading
from engine.store.tables import document, petition

CHECK_LETTERS: Final = 16
_NOTHING: Final = "-" * CHECK_LETTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """What may be said of a paper to whoever holds it: no recipient, no petition, no contents."""

    kind: str
    number: str
    organ: str
    issued_on: date
    digest: str
    erased: bool


def check_of(paper: Document) -> str:
    """What stands on *paper* beside its number, to ask by."""
    return paper.digest[:CHECK_LETTERS]


def issued(desk: Loading, number: str, check: str) -> Issued | None:
    """The paper with *number* on which *check* stands; None where there is none, whatever of the two is wrong."""
    found = None
    for row in desk.connection.execute(_NUMBERED, {"number": number}):
        if hmac.compare_digest(row.digest[:CHECK_LETTERS], _given(check)):
            found = row
    if found is None:
        return None
    return Issued(
        kind=found.kind,
        number=found.number,
        organ=found.organ,
        issued_on=found.issued_on,
        digest=found.digest,
        erased=found.wrapped_key is None,
    )


def _given(check: str) -> str:
    letters = "".join(check.split()).lower()
    return letters if letters.isascii() and len(letters) == CHECK_LETTERS else _NOTHING


_NUMBERED: Select[Any] = (
    select(
        document.c.kind, document.c.number, document.c.organ, document.c.issued_on, document.c.digest, petition.c.wrapped_key
    )
    .join(petition, petition.c.id == document.c.petition)
    .where(document.c.number == bindparam("number"), document.c.number != "")
)  # fmt: skip
