"""The read side: frozen records, and one function for each question. The methods of ``Desk`` are the same functions."""

from __future__ import annotations

from engine.store.queries.file_view import MASKED, FileView
from engine.store.queries.files import FileRow, FilesPage
from engine.store.queries.office_rows import CalendarRow, Credentials, ViewingRow
from engine.store.queries.supervision import SupervisionPage, SupervisionRow
from engine.store.queries.timeline import DeadlineChange, EntryRow
from engine.store.queries.worklist import LIGHTS, TABS, WorklistPage, WorkRow

__all__ = [
    "LIGHTS",
    "MASKED",
    "TABS",
    "CalendarRow",
    "Credentials",
    "DeadlineChange",
    "EntryRow",
    "FileRow",
    "FileView",
    "FilesPage",
    "SupervisionPage",
    "SupervisionRow",
    "ViewingRow",
    "WorkRow",
    "WorklistPage",
]
