"""The law as it stands and stood: finds a provision by id or alias, in the version of the day its clock starts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from engine.errors import BadInput
from engine.statute.law_file import LawFile, read_law_file
from engine.statute.provisions import (
    Actor,
    DocumentRule,
    Duty,
    Kind,
    Liability,
    Limit,
    Mark,
    Neighbour,
    Part,
    Quantity,
    Regulation,
    Setting,
    Unit,
)
from engine.statute.rows import malformed
from engine.text import Text

FILES = ("regulation-2022.toml", "regulation-2005.toml", "measures.toml", "documents.toml")
HERE = Path(__file__).parent
T = TypeVar("T")
DIGEST_LENGTH = 12


class Law:
    """Every provision that the engine knows. Immutable once built; build it with :func:`load_law`.

    ``digest`` names the very data, so that a record can say under which law it was made.
    """

    def __init__(self, files: Iterable[LawFile]) -> None:
        files = tuple(files)
        self.digest = hashlib.sha256("".join(file.digest for file in files).encode()).hexdigest()[
            :DIGEST_LENGTH
        ]
        self._regulations = {file.regulation.id: file.regulation for file in files}
        self._limits = {limit.id: limit for file in files for limit in file.limits}
        self._names = {name: limit for limit in self._limits.values() for name in _names(limit)}
        self._counterparts = {
            limit.counterpart: limit for limit in self._limits.values() if limit.counterpart
        }
        self._duties = {
            name: duty for file in files for duty in file.duties for name in (duty.id, duty.alias)
        }
        self._documents = {rule.kind: rule for file in files for rule in file.documents}
        self._quantities = {number.id: number for file in files for number in file.quantities}
        self._settings = {setting.id: setting for file in files for setting in file.settings}
        self._neighbours = tuple(row for file in files for row in file.neighbours)
        self._liabilities = {
            (row.version, row.article): row for file in files for row in file.liabilities
        }

    def limit(self, name: str, on: date) -> Limit:
        """The limit called *name* (id or alias) for a clock that starts on *on*.

        A limit of today's regulation asked for a day of the older one gives its counterpart there. Raises BadInput
        where there is no such limit or none on that day: the law has no silent default.
        """
        limit = self._names.get(name)
        if limit is None:
            raise BadInput({"limit": _unknown(name, self._limits)})
        if self._regulations[limit.version].covers(on):
            return limit
        older = self._counterparts.get(limit.id)
        if older is not None and self._regulations[older.version].covers(on):
            return older
        raise BadInput({"on": _out_of_force(name, self._regulations[limit.version], on)})

    def limit_id(self, name: str) -> str:
        """The id of the limit called *name* (``T5`` for ``conclude_handling``). Raises BadInput where there is none."""
        return self.limit_by_id(name).id

    def limit_by_id(self, name: str) -> Limit:
        """The limit called *name* whatever the day. Raises BadInput where there is none."""
        limit = self._names.get(name)
        if limit is None:
            raise BadInput({"limit": _unknown(name, self._limits)})
        return limit

    def regulation_of(self, limit: Limit) -> Regulation:
        """The text of law that *limit* stands in."""
        return self._regulations[limit.version]

    def limits(self) -> tuple[Limit, ...]:
        """Every limit of every version, in the order of the files."""
        return tuple(self._limits.values())

    def clocks(self) -> tuple[Limit, ...]:
        """The limits that are deadlines of their own under the text in force: what a drawing may listen to.

        None are internal targets, what extends another limit (it moves the deadline of that), and older texts.
        """
        extensions = {limit.extended_by for limit in self._limits.values()}
        return tuple(
            limit
            for limit in self._limits.values()
            if self.regulation_of(limit).valid_to is None
            and limit.kind is not Kind.TARGET
            and limit.id not in extensions
        )

    def has_limit(self, name: str) -> bool:
        """Whether *name* is the id or alias of a limit."""
        return name in self._names

    def duty(self, name: str) -> Duty:
        """The duty called *name* (id or alias). Raises BadInput where there is none."""
        return _found(self._duties, name, "duty")

    def duties(self) -> tuple[Duty, ...]:
        """Every duty without a number."""
        return tuple(duty for name, duty in self._duties.items() if name == duty.id)

    def document(self, kind: str) -> DocumentRule:
        """What a document of *kind* must state. Raises BadInput where there is no such kind."""
        return _found(self._documents, kind, "document")

    def documents(self) -> tuple[DocumentRule, ...]:
        """The rules of every kind of document."""
        return tuple(self._documents.values())

    def number(self, name: str) -> int:
        """The value of the quantity *name*, such as ``representatives_on_visit``."""
        return _found(self._quantities, name, "quantity").value

    def settings(self) -> tuple[Setting, ...]:
        """The numbers that the law leaves to an administrator."""
        return tuple(self._settings.values())

    def neighbours(self) -> tuple[Neighbour, ...]:
        """The limits of other procedures, of which notices warn."""
        return self._neighbours

    def neighbour(self, name: str) -> Neighbour:
        """The neighbouring limit *name*. Raises BadInput where there is none."""
        return _found({row.id: row for row in self._neighbours}, name, "neighbour")

    def regulations(self) -> tuple[Regulation, ...]:
        """The versions of the law, newest first."""
        return tuple(self._regulations.values())

    def liabilities(self) -> tuple[Liability, ...]:
        """Every article on liability."""
        return tuple(self._liabilities.values())

    def liability(self, limit: Limit | Duty) -> Liability | None:
        """The article that answers for a breach of *limit*, where the law names one."""
        return self._liabilities.get((limit.version, limit.breach)) if limit.breach else None

    def article_of(self, name: str) -> str:
        """The article of the limit, duty, document or quantity called *name*, such as ``23(3)``."""
        for table in (self._names, self._duties, self._documents, self._quantities):
            found = table.get(name)
            if found is not None:
                return str(getattr(found, "article"))  # noqa: B009 - four types, one field
        raise BadInput({"name": _unknown(name, self._limits)})


@lru_cache(maxsize=1)
def load_law() -> Law:
    """The shipped law. Raises DataError, naming file and row, where its data are malformed."""
    return read_law([HERE / name for name in FILES])


def read_law(paths: Iterable[Path]) -> Law:
    """The law in the files at *paths*. Raises DataError, naming file and row."""
    return law_of([read_law_file(path) for path in paths])


def law_of(files: Sequence[LawFile]) -> Law:
    """The law that *files* make together. Raises DataError, naming file and row."""
    _refuse_double_names(files)
    _refuse_dangling(files)
    return Law(files)


def _names(limit: Limit) -> tuple[str, ...]:
    return (limit.id, limit.alias, *limit.also)


def _refuse_double_names(files: Iterable[LawFile]) -> None:
    seen: dict[str, str] = {}
    for file in files:
        for row, what, name in _named(file):
            holder = seen.setdefault(f"{what} {name}", row)
            if holder != row:
                raise malformed(
                    file.name, row, f"{name} 已用于 {holder}", f"{name} is taken by {holder}"
                )


def _named(file: LawFile) -> Iterator[tuple[str, str, str]]:
    """Every row with the names it takes, and of what kind those names are. A duty may share the name of its limit."""
    for limit in file.limits:
        yield from ((f"limit {limit.id}", "limit", name) for name in _names(limit))
    for duty in file.duties:
        yield from ((f"duty {duty.id}", "duty", name) for name in (duty.id, duty.alias))
    for rule in file.documents:
        if rule.code:
            yield f"document {rule.kind}", "code", rule.code


def _refuse_dangling(files: Sequence[LawFile]) -> None:
    limits = {limit.id for file in files for limit in file.limits}
    settings = {setting.id for file in files for setting in file.settings}
    for file in files:
        liabilities = {row.article for row in file.liabilities}
        for limit in file.limits:
            for other in (limit.extended_by, limit.counterpart):
                if other is not None and other not in limits:
                    raise malformed(
                        file.name,
                        f"limit {limit.id}",
                        f"没有 {other}",
                        f"there is no limit {other}",
                    )
        rows: tuple[Limit | Duty, ...] = (*file.limits, *file.duties)
        for row in rows:
            if row.breach is not None and row.breach not in liabilities:
                raise malformed(
                    file.name,
                    row.id,
                    f"没有第 {row.breach} 条责任",
                    f"no liability row for Art. {row.breach}",
                )
        for duty in file.duties:
            if duty.setting is not None and duty.setting not in settings:
                raise malformed(
                    file.name,
                    f"duty {duty.id}",
                    f"没有 {duty.setting}",
                    f"no setting {duty.setting}",
                )


def _found(table: Mapping[str, T], name: str, what: str) -> T:
    found = table.get(name)
    if found is None:
        raise BadInput({what: _unknown(name, table)})
    return found


def _unknown(name: str, table: Iterable[str]) -> Text:
    known = list(table)
    return Text(
        f"没有“{name}”；可用的有 {'、'.join(known)}",
        f"there is no “{name}”; known are {', '.join(known)}",
    )


def _out_of_force(name: str, regulation: Regulation, on: date) -> Text:
    until_zh = f"至 {regulation.valid_to}" if regulation.valid_to else "起"
    until_en = f"to {regulation.valid_to}" if regulation.valid_to else "on"
    return Text(
        f"{name} 属于《{regulation.title.zh}》，其期限自 {regulation.valid_from} {until_zh}可以起算，{on} 不在其内",
        f"{name} belongs to the {regulation.title.en}: its clocks start from {regulation.valid_from} {until_en}, "
        f"and {on} is outside",
    )


__all__ = [
    "Actor",
    "DocumentRule",
    "Duty",
    "Kind",
    "Law",
    "Liability",
    "Limit",
    "Mark",
    "Neighbour",
    "Part",
    "Quantity",
    "Regulation",
    "Setting",
    "Unit",
    "load_law",
    "read_law",
]
