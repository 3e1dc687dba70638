"""The read side. Every question about files takes the one who asks and the legal day, and answers only what they may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine.people.competence import CompetenceRow
from engine.petition.documents import Document
from engine.petition.entries import Entry
from engine.petition.file import Attachment
from engine.petition.parties import Actor, Appointment, Organ, Person, Substitution
from engine.store.drafts import DraftReading
from engine.store.logbook import LogReading
from engine.store.lookbook import LookReading
from engine.store.procedures import ProcedureReading
from engine.store.queries import (
    file_view,
    files,
    office_rows,
    papers,
    petitioner,
    recount,
    supervision,
    timeline,
    worklist,
)
from engine.store.queries.file_view import FileView
from engine.store.queries.files import FileRow, FilesPage
from engine.store.queries.office_rows import CalendarRow, Credentials, ViewingRow
from engine.store.queries.petitioner import PetitionerView
from engine.store.queries.recount import Running
from engine.store.queries.timeline import EntryRow
from engine.store.queries.worklist import WorklistPage
from engine.store.simulations import SimulationReading
from engine.store.trials import TrialReading
from engine.store.typed import TypedReading


class Desk(
    LogReading,
    LookReading,
    DraftReading,
    ProcedureReading,
    SimulationReading,
    TrialReading,
    TypedReading,
):
    """Reads within one transaction and never writes. Made by :meth:`engine.store.store.Store.reading`.

    A file that somebody may not see is answered like one that does not exist: NotFound, or not in the list. The
    parameters of lists are those of the functions of the same name in :mod:`engine.store.queries`.
    """

    # ------------------------------------------------------------------------------- files

    def worklist(self, viewer: Actor, tab: str, *, on: date, **narrowed: Any) -> WorklistPage:
        """A page of the tab *tab* of the worklist; see :func:`engine.store.queries.worklist.worklist`."""
        return worklist.worklist(self, viewer, tab, on=on, **narrowed)

    def supervisions(
        self, viewer: Actor, state: str, *, on: date, page: int = 1
    ) -> supervision.SupervisionPage:
        """A page of the supervision files; see :func:`engine.store.queries.supervision.supervisions`."""
        return supervision.supervisions(self, viewer, state, on=on, page=page)

    def files(self, viewer: Actor, *, on: date, **narrowed: Any) -> FilesPage:
        """A page of the files that *viewer* may see; see :func:`engine.store.queries.files.files`."""
        return files.files(self, viewer, on=on, **narrowed)

    def duplicates(
        self,
        viewer: Actor,
        *,
        on: date,
        petition: str | None = None,
        values: Mapping[str, str] | None = None,
        title: str = "",
    ) -> tuple[FileRow, ...]:
        """What may be the same matter as *petition*, or as *values* and *title* about to be registered."""
        return files.duplicates(self, viewer, on=on, petition=petition, values=values, title=title)

    def file(self, viewer: Actor, petition: str, *, on: date) -> FileView:
        """The file *petition* laid open. Raises NotFound."""
        return file_view.file_view(self, viewer, petition, on=on)

    def timeline(self, viewer: Actor, petition: str, *, on: date) -> tuple[EntryRow, ...]:
        """What happened on the file *petition*, oldest first. Raises NotFound."""
        return timeline.timeline(self, viewer, petition, on=on)

    def entries(self, viewer: Actor, petition: str, *, on: date) -> tuple[Entry, ...]:
        """The whole entries of the file *petition*, for replay and export. Raises NotFound."""
        return timeline.entries(self, viewer, petition, on=on)

    def house_entries(self) -> tuple[Entry, ...]:
        """The entries of the house's own chain: organs, people, calendars, drawings."""
        return timeline.entries_of(self, "system")

    def document(self, viewer: Actor, id: str, *, on: date) -> tuple[Document, Mapping[str, str]]:
        """The document *id* and its contents. Raises NotFound."""
        return papers.document_with_fields(self, viewer, id, on=on)

    def attachment(
        self, viewer: Actor, petition: str, digest: str, *, on: date
    ) -> tuple[Attachment, bytes]:
        """The attachment *digest* of a file and its bytes. Raises NotFound."""
        return papers.attachment_with_content(self, viewer, petition, digest, on=on)

    def viewings(self, viewer: Actor, petition: str, *, on: date) -> Sequence[ViewingRow]:
        """Who looked at what is personal in a file. Raises NotFound."""
        return office_rows.viewings(self, viewer, petition, on=on)

    def petition_of(self, number: str, code: str) -> str | None:
        """The petition with *number* whose query code is *code*; None otherwise."""
        return petitioner.petition_of(self, number, code)

    def petitioner_view(self, petition: str) -> PetitionerView:
        """The file *petition* for the petitioner who has shown its number and code. Raises NotFound."""
        return petitioner.petitioner_view(self, petition)

    # ------------------------------------------------------------------------------- the office itself

    def organs(self) -> tuple[Organ, ...]:
        """Every organ that is or was, by id."""
        return tuple(self.directory().organs.values())

    def people(self) -> tuple[Person, ...]:
        """Every member of staff, by id."""
        return tuple(self.directory().people.values())

    def appointments(self) -> tuple[Appointment, ...]:
        """Every appointment that holds, held or will hold."""
        return self.directory().appointments

    def substitutions(self) -> tuple[Substitution, ...]:
        """Every substitution that holds, held or will hold."""
        return self.directory().substitutions

    def competence_rows(self) -> tuple[CompetenceRow, ...]:
        """The competence table."""
        return office_rows.competence_rows(self)

    def calendars(self) -> tuple[CalendarRow, ...]:
        """The calendars published here, newest first."""
        return office_rows.calendars(self)

    def running_elsewhere(self, viewer: Actor, calendar: str, on: date) -> Iterator[Running]:
        """The running deadlines that another calendar than *calendar* decided; of sealed files as *viewer* may see."""
        return recount.running_elsewhere(self, viewer, calendar, on)

    def recounting(self, viewer: Actor, on: date) -> tuple[int, int]:
        """How many running deadlines the calendar in force has counted, and how many there are."""
        return recount.recounting(self, viewer, on)

    def settings(self) -> Mapping[str, str]:
        """Every setting that was ever set."""
        return office_rows.settings(self)

    def credentials(self, login: str) -> Credentials | None:
        """With what *login* signs in."""
        return office_rows.credentials(self, login)

    def sign_in_failures(self, subject: str) -> tuple[datetime, ...]:
        """When signing in failed for *subject* (an account, an address)."""
        return office_rows.sign_in_failures(self, subject)
