"""The frame around a page: which rooms are open to whom, and how a page speaks of people, entries and months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request, url_for

from engine.errors import NotFound
from engine.office.explaining import CountedDay, Month
from engine.office.migrating import MIGRATE
from engine.people.directory import Directory
from engine.petition.entries import EntryKind
from engine.petition.parties import SYSTEM, Role, Slot
from engine.store.queries import EntryRow
from engine.text import Text
from web.house import directory, viewer
from web.language import say
from web.wording import day, document_title, end_of_day, limit_title, moment

_EVERYBODY = frozenset(Role)
CASE_ROLES = frozenset({Role.CLERK, Role.HEAD, Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A place in the navigation."""

    endpoint: str
    name: Text
    roles: frozenset[Role]
    under: str = "/nowhere"
    """Where its further pages lie."""

    @property
    def url(self) -> str:
        """Its address."""
        return url_for(self.endpoint)

    @property
    def here(self) -> bool:
        """Whether the present page lies in it."""
        return request.endpoint == self.endpoint or request.path.startswith(self.under)


ROOMS = (
    Room(endpoint="desk.worklist", name=Text("工作列表", "Worklist"), roles=CASE_ROLES),
    Room(endpoint="desk.register", name=Text("登记", "Register"), roles=frozenset({Role.CLERK})),
    Room(
        endpoint="oversight.supervision",
        name=Text("督办", "Supervision"),
        roles=frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.HEAD}),
    ),
    Room(
        endpoint="audit.verdict",
        name=Text("审计", "Audit"),
        roles=frozenset({Role.AUDITOR}),
        under="/audit/",
    ),
    Room(
        endpoint="admin.overview",
        name=Text("管理", "Administration"),
        roles=frozenset({Role.ADMINISTRATOR}),
    ),
    Room(
        endpoint="designers.library",
        name=Text("流程库", "Procedure"),
        roles=frozenset({Role.DESIGNER, Role.ADMINISTRATOR, Role.AUDITOR}),
    ),
    Room(endpoint="public.calculator", name=Text("期限计算", "Calculator"), roles=_EVERYBODY),
)


def rooms() -> list[Room]:
    """The rooms that are open to whoever is looking."""
    return [room for room in ROOMS if viewer().roles & room.roles]


def by(person: str) -> str:
    """Who did something for the office itself."""
    if person == SYSTEM.person:
        return say(Text("系统", "the system"))
    found = directory().people.get(person)
    return found.name if found else "—"


def who(entry: EntryRow, organs: Directory | None = None) -> str:
    """Who did what an entry records, and as which organ; of *organs*, where it is not this office's record."""
    if entry.person == SYSTEM.person:
        return say(Text("系统时钟", "the clock"))
    organs = organs or directory()
    person = organs.people.get(entry.person)
    organ = organs.organs.get(entry.organ)
    name = f"{person.name if person else '—'}({say(organ.name) if organ else entry.organ})"
    if entry.stands_in_for and entry.stands_in_for in organs.people:
        absent = organs.people[entry.stands_in_for].name
        return say(
            Text("{name},代理{absent}", "{name}, for {absent}").filled(name=name, absent=absent)
        )
    return name


def effective(entry: EntryRow) -> str:
    """When an entry counts; a clock passes at the end of its day."""
    if entry.kind == EntryKind.FIRING:
        return end_of_day(entry.effective_at)
    return moment(entry.effective_at)


def told_names(told: Sequence[str]) -> str:
    """Whom the office tells: the petitioner, or organs by name."""
    names = [
        say(Text("信访人", "the petitioner")) if to == Slot.PETITIONER else _organ(to)
        for to in dict.fromkeys(told)
    ]
    return say(Text("、", ", ")).join(names)


def entry_lines(entry: EntryRow) -> list[str]:
    """What followed from an entry, a line each."""
    lines = []
    for kind, number in entry.documents:
        lines.append(say(_ISSUED.filled(name=document_title(kind), number=number)))
    for change in entry.deadlines:
        template = _CHANGES.get(change.how, _CHANGES["changed"])
        due = day(change.legal_due) if isinstance(change.legal_due, date) else "—"
        lines.append(say(template.filled(name=limit_title(change.limit), due=due)))
    if entry.act == MIGRATE:
        before, after = (str(entry.inputs[end])[:12] for end in ("from", "to"))
        lines.append(
            say(_MIGRATED.filled(before=before, after=after, by=by(entry.inputs["proposed_by"])))
        )
    return lines


def month_weeks(month: Month) -> list[list[CountedDay | int | None]]:
    """A month as rows of seven: a counted day, a bare number outside the count, or nothing."""
    counted = {one.day.date.day: one for one in month.days}
    first = date(month.year, month.month, 1)
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    cells: list[CountedDay | int | None] = [None] * first.weekday()
    cells += [counted.get(number, number) for number in range(1, (after - first).days + 1)]
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


_MIGRATED = Text(
    "流程版本由 {before} 改为 {after}({by}提出);环节、期限、办理人员不变",
    "from version {before} to {after}, as {by} proposed; steps, deadlines and claims stay",
)
_ISSUED = Text("制发{name} {number}", "issued: {name} {number}")
_CHANGES = {
    "opened": Text("起算「{name}」,{due}届满", "clock started: {name}, due {due}"),
    "closed": Text("「{name}」终止", "clock stopped: {name}"),
    "passed": Text("「{name}」已届满", "clock passed: {name}"),
    "changed": Text("「{name}」变为{due}届满", "clock changed: {name}, now due {due}"),
}


def _organ(id: str) -> str:
    try:
        return say(directory().organ(id).name)
    except NotFound:
        return id
