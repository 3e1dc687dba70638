"""Documents as printable HTML, in Chinese, from the templates that designers own (``processes/documents``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from jinja2 import DictLoader, StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from engine.documents.templates import ROOM, room_of, template_faults
from engine.documents.writing import as_written, written_day
from engine.errors import DataError
from engine.petition.documents import Document
from engine.statute.provisions import DocumentRule
from engine.text import Text

PETITIONER: Final = "信访人"
_NOT_STATED: Final = "（未载明）"
_NOTHING: Final[Mapping[str, str]] = {}


class Parts:
    """The contents of a document for its template: every part that the law knows for it, and no other."""

    __slots__ = ("_values",)

    def __init__(
        self, rule: DocumentRule, fields: Mapping[str, str], names: Mapping[str, str]
    ) -> None:
        known = [part.id for part in (*rule.parts, *rule.optional)]
        given = {name: fields.get(name, "").strip() for name in known}
        self._values = {name: names.get(value, value) for name, value in given.items()}

    def __getitem__(self, name: str) -> str:
        return self._values[name]


def render(
    document: Document,
    *,
    fields: Mapping[str, str],
    rule: DocumentRule,
    files: Mapping[str, bytes],
    organ_name: Text,
    petition_number: str,
    recipient: str = PETITIONER,
    query_code: str = "",
    names: Mapping[str, str] = _NOTHING,
) -> str:
    """The issued *document* as an HTML fragment; everything that was typed in is escaped.

    *files* are those of the version of the procedure by which the petition runs, *rule* what the law says of such a
    document, *names* what to show in place of a value that is the id of a person or organ. Raises DataError where the
    version has no such template or its template is not acceptable.
    """
    sheet = Sheets.of(room_of(files))
    return sheet.render(
        f"{document.kind}.html",
        {
            "kind": document.kind,
            "title": rule.title.zh,
            "cite": rule.cite.zh,
            "number": document.number,
            "issued_on": document.issued_on,
            "organ": organ_name.zh,
            "petition": petition_number,
            "recipient": recipient,
            "query_code": query_code,
            "part": Parts(rule, fields, names),
        },
    )


def faults_of_templates(files: Mapping[str, bytes]) -> dict[str, list[Text]]:
    """What is wrong with the templates among the *files* of a version, by file name; for the check of a version."""
    try:
        faults = Sheets.of(room_of(files)).faults()
    except DataError as fault:
        return {ROOM: [fault.text]}
    return {ROOM + name: found for name, found in faults.items()}


class Sheets:
    """The templates of one version, read and checked once."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._environment = _environment(templates)
        self._faults = {
            name: template_faults(name, source, self._environment)
            for name, source in templates.items()
        }

    @classmethod
    def of(cls, templates: Mapping[str, str]) -> Sheets:
        """The sheets of *templates*; versions that were read before are remembered."""
        return _sheets(tuple(sorted(templates.items())))

    def faults(self) -> dict[str, list[Text]]:
        """What is wrong with each template that has a fault, as sentences."""
        return {name: faults for name, faults in self._faults.items() if faults}

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The template *name* filled with *values*. Raises DataError saying what is wrong with it."""
        if name not in self._faults:
            raise DataError(
                Text("没有文书模板{name}", "there is no template {name}").filled(name=name)
            )
        for used in (name, "_layout.html"):
            for fault in self._faults.get(used, ()):
                raise DataError(fault)
        try:
            return self._environment.get_template(name).render(values)
        except (TemplateError, SecurityError, TypeError, RecursionError) as fault:
            raise DataError(
                Text("文书模板{name}有误:{why}", "the template {name} is at fault: {why}").filled(
                    name=name, why=str(fault)[:200]
                )
            ) from fault


@lru_cache(maxsize=16)
def _sheets(templates: tuple[tuple[str, str], ...]) -> Sheets:
    return Sheets(dict(templates))


def reading_environment() -> ImmutableSandboxedEnvironment:
    """What reads templates without rendering any."""
    return _environment(_NOTHING)


def _environment(templates: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(
        {"day": _day, "line": _line, "paragraphs": _paragraphs, "rows": _rows}
    )
    return environment


def _day(value: Any) -> str:
    """A day, or a text that is one, as documents write it."""
    return written_day(value) if isinstance(value, date) else _line(value)


def _line(value: Any) -> str:
    """A value on one line, days written out."""
    return as_written(" ".join(str(value).split())) or _NOT_STATED


def _rows(value: Any) -> list[str]:
    """The lines of a text, for a numbered list."""
    return [as_written(row.strip()) for row in str(value).splitlines() if row.strip()] or [
        _NOT_STATED
    ]


def _paragraphs(value: Any) -> Markup:
    """Each line of a text as a paragraph, escaped, days written out."""
    return Markup("\n").join(Markup("<p>{}</p>").format(escape(row)) for row in _rows(value))
