"""Taking event logs away: for auditors, of what they may see, and logged petition by petition before anything is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO, Final

from engine.audit.course import Maps
from engine.audit.events.cases import Case, Head, Naming, Withheld, read_cases
from engine.audit.events.ocel import write_ocel
from engine.audit.events.table import write_table
from engine.audit.events.xes import write_xes
from engine.errors import NotPermitted
from engine.petition.parties import Actor, Role
from engine.statute.law import Law
from engine.store.queries.cases import AT_ONCE, Cases, personal_values
from engine.store.store import Store
from engine.text import Text

EVENTS: Final = "events"
"""What the log of looks calls it."""


class Form(StrEnum):
    """In which form a log is written."""

    XES = "xes"
    OCEL = "ocel"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was written: how many petitions and events, and what was withheld."""

    petitions: int
    events: int
    withheld: tuple[Withheld, ...]


class EventLogs:
    """The event logs of one office."""

    def __init__(self, store: Store, *, maps: Maps, law: Law, acts: Mapping[str, Text]) -> None:
        self._store = store
        self._maps = maps
        limits = {limit.id: limit.title for limit in law.limits()}
        self._naming = Naming(acts=acts, limits=limits)

    def take(
        self, viewer: Actor, cases: Cases, form: Form, out: BinaryIO, *, now: datetime
    ) -> Taken:
        """Write the log of *cases* to *out*, as far as *viewer* sees. Raises NotPermitted unless they are an auditor.

        The look at each petition is logged first. Reads two statements for every 200 petitions.
        """
        require_auditor(viewer)
        with self._store.transaction() as paper:
            ids = paper.look_at_all(viewer, cases, EVENTS, now=now, purpose=form.value)
        withheld = self._withheld(ids)
        head = Head(
            cases=cases, organ=viewer.organ, taken_at=now, petitions=len(ids), withheld=withheld
        )
        counted = _Counted(read_cases(self._store, ids, self._maps, self._naming))
        match form:
            case Form.XES:
                write_xes(head, counted, out)
            case Form.OCEL:
                with self._store.reading() as desk:
                    names = {one.id: one.name.zh for one in desk.organs()}
                write_ocel(head, counted, out, organs=names, known=set(ids))
            case Form.CSV:
                write_table(counted, out)
        return Taken(petitions=len(ids), events=counted.events, withheld=withheld)

    def _withheld(self, ids: Sequence[str]) -> tuple[Withheld, ...]:
        answers = files = entries = 0
        with self._store.reading() as desk:
            for first in range(0, len(ids), AT_ONCE):
                some = personal_values(desk, ids[first : first + AT_ONCE])
                answers, files, entries = answers + some[0], files + some[1], entries + some[2]
        counts = (answers, files, len(ids), entries, None)
        return tuple(
            Withheld(what=what, name=name, count=count, why=why)
            for (what, name, why), count in zip(_LEFT_OUT, counts, strict=True)
        )


def require_auditor(viewer: Actor) -> None:
    """Raise NotPermitted unless *viewer* audits."""
    if Role.AUDITOR not in viewer.roles:
        raise NotPermitted(
            Text("仅审计员可以查看和导出", "for auditors only"),
        )


class _Counted:
    """Cases as they go by, counting their events."""

    def __init__(self, cases: Iterator[Case]) -> None:
        self._cases = cases
        self.events = 0

    def __iter__(self) -> Iterator[Case]:
        for case in self._cases:
            self.events += len(case.events)
            yield case


_PERSONAL = Text(
    "个人信息不随事件日志导出;需要的,在案卷中注明用途后查看",
    "personal data are never in an event log; whoever needs them looks into the file and says why",
)
_TITLES = Text(
    "标题和编号可能指向个人;以随机标识代替",
    "titles and numbers may point to a person; the random id stands for them",
)
_PEOPLE = Text(
    "事件日志只记机关,不记工作人员,不作个人评价(按记录条数计)",
    "events name organs and never members of staff, and nobody is to be graded (counted by entries)",
)
_BEYOND = Text(
    "无权查阅的事项(包括限制阅看的)不在其中;其件数不予说明,以免泄露其存在",
    "matters that the asker may not see, restricted ones included, are left out; how many is not told, since that would tell",
)
_LEFT_OUT: Final = (
    ("answers", Text("个人信息", "personal answers"), _PERSONAL),
    ("attachments", Text("附件", "attachments"), _PERSONAL),
    ("titles", Text("标题和编号", "titles and numbers"), _TITLES),
    ("people", Text("工作人员", "members of staff"), _PEOPLE),
    ("matters", Text("无权查阅的事项", "matters beyond reach"), _BEYOND),
)
