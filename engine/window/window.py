"""The window at which petitioners follow their own matter (Arts. 18(1), 21(2)): by its number and query code, and no other way.

It changes nothing, and shows what happened before the public side of the counter only: no member of staff, no work inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.acts.passing import supervising_office
from engine.clock import legal_date
from engine.office import Office
from engine.office.firing import catch_up
from engine.petition.deadlines import Deadline
from engine.petition.documents import Document
from engine.petition.file import File
from engine.petition.parties import SYSTEM
from engine.store.queries.petitioner import PetitionerView
from engine.store.store import Store
from engine.text import Text
from engine.window.rights import Right, rights_of
from engine.window.telling import Happening, Place, happenings, present, way


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A deadline, and, where it is overdue, the office that supervises it."""

    deadline: Deadline
    supervised_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A matter as its petitioner sees it today."""

    number: str
    title: str
    sealed: bool
    received_on: date
    receiver: str
    now: Text
    way: tuple[Place, ...]
    happenings: tuple[Happening, ...]
    deadlines: tuple[Owed, ...]
    papers: tuple[Document, ...]
    rights: tuple[Right, ...]
    contacts: tuple[str, ...]
    closing: str | None


class PublicWindow:
    """Answers petitioners."""

    def __init__(self, office: Office, store: Store) -> None:
        self._office = office
        self._store = store

    def find(self, number: str, code: str) -> str | None:
        """The petition with this number and query code; None where there is none, the same whatever was wrong."""
        with self._store.reading() as desk:
            return desk.petition_of(number, code)

    def follow(self, petition: str) -> Followed:
        """How *petition* stands now, clocks that have just passed included. Raises NotFound."""
        now = self._office.clock.now()
        with self._store.reading() as desk:
            view = desk.petitioner_view(petition)
            opened = self._office.opened(desk, view.file, now)
            catch_up(opened, now, _unnumbered)
            situation = opened.situation(SYSTEM, now)
            rights = rights_of(situation)
        file, organs, law = opened.file, opened.rules.organs, opened.rules.law
        names = {id: organ.name for id, organ in organs.organs.items()}
        titles = {row.limit: law.limit_by_id(row.limit).title for row in file.ledger}
        duties = frozenset(row.id for row in file.ledger if not row.power)
        return Followed(
            number=file.number,
            title=file.title,
            sealed=file.sealed,
            received_on=file.received_on,
            receiver=file.organ,
            now=present(file, names),
            way=way(file),
            happenings=happenings(view.entries, titles, duties),
            deadlines=tuple(
                Owed(
                    deadline=row,
                    supervised_by=_supervisor(view, row, supervising_office(situation, row.debtor)),
                )
                for row in _in_order(file, legal_date(now))
            ),
            papers=view.documents,
            rights=rights,
            contacts=view.contacts,
            closing=str(file.facts["closing"]) if file.facts.get("closing") else None,
        )


def _supervisor(view: PetitionerView, row: Deadline, lawful: str | None) -> str | None:
    """The office that supervises the breach of *row*: the one that has opened a supervision, or else the *lawful* one."""
    if row.power or row.passed_by is None or not row.open:
        return None
    return view.supervised_by.get(row.id, lawful)


def _in_order(file: File, today: date) -> list[Deadline]:
    """What runs first, by its day; then what is over, newest first."""
    live = sorted((row for row in file.ledger if row.open), key=lambda row: row.legal_due or today)
    return [*live, *reversed([row for row in file.ledger if not row.open])]


def _unnumbered(organ: str, kind: str) -> str:
    """No number is drawn by looking."""
    return ""
