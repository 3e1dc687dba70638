"""The documents of a file as they were issued: their contents in the template of the version that the file then followed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.audit.wording import names_in
from engine.documents.render import PETITIONER, render
from engine.people.directory import Directory
from engine.petition.documents import Document
from engine.petition.parties import Actor
from engine.statute.law import Law
from engine.store.desk import Desk
from engine.store.queries.file_view import FileView


class Issued:
    """The documents of one file, for somebody who has said what they need their contents for."""

    def __init__(
        self, desk: Desk, viewer: Actor, shown: FileView, directory: Directory, law: Law, on: date
    ) -> None:
        self._desk = desk
        self._viewer = viewer
        self._shown = shown
        self._directory = directory
        self._law = law
        self._on = on
        self._names = names_in(directory)

    def fields(self, paper: Document) -> Mapping[str, str]:
        """The contents of *paper*, none once erased."""
        return self._desk.document(self._viewer, paper.id, on=self._on)[1]

    def sheet(self, paper: Document, fields: Mapping[str, str]) -> str:
        """*paper* with its contents *fields* as an HTML fragment. Raises DataError where its version cannot render it."""
        file = self._shown.file
        return render(
            paper,
            fields=fields,
            rule=self._law.document(paper.kind),
            files=self._desk.procedure_files(self._shown.version_at(paper.entry)),
            organ_name=self._directory.organ(paper.organ).name,
            petition_number=file.number,
            recipient=self._recipient(paper),
            query_code=file.code,
            names=self._names,
        )

    def _recipient(self, paper: Document) -> str:
        """The organ that the paper goes to, named itself or by the part it plays; else the petitioner."""
        to = str(self._shown.file.facts.get(paper.to) or paper.to)
        return self._directory.organ(to).name.zh if self._directory.exists(to) else PETITIONER
