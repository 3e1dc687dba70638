"""The words in which a record is told on paper and on pages: findings, moments, who did what, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from engine.acts.act import Act
from engine.audit.verdict import Finding, Judged
from engine.clock import SHANGHAI
from engine.documents.writing import as_written, written_day
from engine.errors import DataError
from engine.people.directory import Directory
from engine.petition.commands import FREE_STEP_ACT
from engine.petition.documents import ServiceState
from engine.petition.entries import Entry
from engine.petition.forms import Field, FieldKind, Form, parse_form
from engine.petition.parties import SYSTEM, Slot
from engine.statute.law import Law
from engine.text import Text

FINDINGS: Final[Mapping[Finding, Text]] = {
    Finding.MET: Text("按期", "met"),
    Finding.MET_EXTENDED: Text("延期后按期", "met with extension"),
    Finding.LATE: Text("逾期{days}天完成", "late by {days} d"),
    Finding.OVERDUE: Text("逾期{days}天未完成", "overdue by {days} d"),
    Finding.LAPSED: Text("期满失权", "lapsed"),
    Finding.EXCEPTED: Text("依法除外", "excepted"),
    Finding.VOID: Text("作废", "void"),
    Finding.NOT_YET_DUE: Text("未届满", "not yet due"),
    Finding.SUSPENDED: Text("暂停", "suspended"),
    Finding.NOT_ENGAGED: Text("未涉及", "not engaged"),
}
_USED: Final = Text("已行使或者了结", "used or settled")
CLOSINGS: Final[Mapping[str, Text]] = {
    "settled": Text("调解和解并履行", "settled and performed"),
    "replied": Text("已答复建议", "suggestion answered"),
    "lapsed": Text("期满未请求复查复核", "no request in time"),
    "withdrawn": Text("信访人撤回", "withdrawn by the petitioner"),
    "final": Text("复核终结", "final after re-review"),
    "diverted": Text("导入法定途径", "diverted to the proper procedure"),
    "guided_out": Text("告知向有权机关提出", "guided to the competent organ"),
    "barred": Text("不予受理", "declined"),
    "no_longer": Text("不再受理", "refused for good"),
    "merged": Text("并入他件", "merged"),
    "litigation": Text("转政法机关或已释明", "litigation matter"),
    "accusation": Text("检举控告已办结", "accusation concluded"),
    "duty": Text("履职完毕", "duty answered"),
    "supervision": Text("督办办结", "supervision concluded"),
}
"""How a petition came to its end."""
HOWS: Final = {"opened": "起算", "closed": "了结", "passed": "届满", "changed": "变更"}
SERVICES: Final = {
    ServiceState.NOT_NEEDED: "无须送达",
    ServiceState.PENDING: "待送达",
    ServiceState.DISPATCHED: "已发出",
    ServiceState.DELIVERED: "已送达",
    ServiceState.UNDELIVERED: "未能送达",
}
_PETITIONER: Final = "信访人"
_ANOTHER: Final = "另一案卷"
_CLOCK: Final = "clock:"
_OF_FORM: Final = f"{FREE_STEP_ACT}:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What things of the record are called in Chinese, as papers are written. ``titles`` names what has no act's form."""

    law: Law
    acts: Mapping[str, Act]
    titles: Mapping[str, Text]

    def act(self, id: str) -> str:
        """The name of an act, of a clock that passed, or of a free step."""
        if id.startswith(_CLOCK):
            return f"{self.limit(id.removeprefix(_CLOCK))}期限届满"
        if id in self.titles:
            return self.titles[id].zh
        return "自定环节" if id.startswith(FREE_STEP_ACT) else id

    def article(self, act: str) -> str:
        """The article on which an entry rests; empty where it rests on none."""
        limit = act.removeprefix(_CLOCK)
        if act in self.acts:
            number = self.acts[act].article
        else:
            number = self.law.limit_by_id(limit).article if self.law.has_limit(limit) else ""
        return cited(number or "")

    def limit(self, id: str) -> str:
        """The name of a limit of the statute; another is the office's own."""
        return self.law.limit_by_id(id).title.zh if self.law.has_limit(id) else "内部期限"

    def document(self, kind: str) -> str:
        """The name of a kind of document."""
        return self.law.document(kind).title.zh

    def question(self, name: str) -> str:
        """What a sealed value answers: the label of the question wherever an act asks it."""
        asked = (one for act in self.acts.values() for one in act.form.fields if one.name == name)
        found = next(asked, None)
        return _caption(found) if found is not None else name

    def value(self, fact: str, value: object) -> str:
        """A value of the fact *fact*, as the form that asks for it calls it."""
        for act in self.acts.values():
            for asked in act.form.fields:
                if fact in (asked.fact, asked.name):
                    for option in asked.options:
                        if option.value == value:
                            return option.label.zh
        return str(value)

    def answers(
        self,
        entry: Entry,
        *,
        forms: Mapping[str, bytes],
        opened: Mapping[str, str],
        names: Mapping[str, str],
    ) -> Iterator[tuple[str, str]]:
        """What *entry* was told, question by question. *opened* are its sealed values in the clear; others are left out.

        *forms* are those of its version, for free steps; *names* what to show in place of an id.
        """
        form = self._form(entry.act, forms)
        for asked in form.fields if form is not None else ():
            if asked.name in entry.commitments:
                value: object = opened.get(asked.name)
            else:
                value = entry.inputs.get(asked.name)
            if value not in (None, "", [], False):
                yield _caption(asked), _answer(asked, value, names)

    def _form(self, act: str, forms: Mapping[str, bytes]) -> Form | None:
        if act in self.acts:
            return self.acts[act].form
        name = act.removeprefix(_OF_FORM)
        try:
            return parse_form(forms[name], name) if name != act and name in forms else None
        except DataError:
            return None


def found_as(one: Judged) -> Text:
    """What a finding is called; a power that was used is not called met."""
    if one.power and one.finding is Finding.MET:
        return _USED
    return FINDINGS[one.finding].filled(days=one.days)


def cited(article: str) -> str:
    """An article of the regulation as lists cite it; another law's is cited in full already."""
    if not article[:1].isdigit():
        return article
    main, bracket, rest = article.partition("(")
    return as_written(f"第{main}条{bracket}{rest}")


def moment(instant: datetime) -> str:
    """An instant on the clocks of Asia/Shanghai: 2026-11-23 09:05; the end of a day as the law says it: 24:00."""
    local = instant.astimezone(SHANGHAI)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{(local - timedelta(days=1)).date().isoformat()} 24:00"
    return local.strftime("%Y-%m-%d %H:%M")


def organ_name(directory: Directory, id: str) -> str:
    """An organ, or the petitioner."""
    if id == Slot.PETITIONER:
        return _PETITIONER
    return directory.organ(id).name.zh if directory.exists(id) else id


def names_in(directory: Directory) -> dict[str, str]:
    """What papers show in place of the ids of organs and people."""
    names = {organ.id: organ.name.zh for organ in directory.organs.values()}
    return names | {person.id: person.name for person in directory.people.values()}


def who(directory: Directory, entry: Entry) -> str:
    """Who did it, as which organ, and for whom they stood in."""
    if entry.person == SYSTEM.person:
        return "系统（时钟）" if entry.act.startswith(_CLOCK) else "系统"
    name = _person(directory, entry.person)
    stand_in = f"（代{_person(directory, entry.stands_in_for)}）" if entry.stands_in_for else ""
    return f"{organ_name(directory, entry.organ)}　{name}{stand_in}"


def _person(directory: Directory, id: str) -> str:
    known = directory.people.get(id)
    return known.name if known is not None else id


def _caption(asked: Field) -> str:
    """The label of a question without what it tells those who answer."""
    return asked.label.zh.partition("(")[0]


def _answer(asked: Field, value: object, names: Mapping[str, str]) -> str:
    if asked.kind is FieldKind.BOOLEAN:
        return "是"
    if asked.kind is FieldKind.PETITION:
        return _ANOTHER
    labels = {option.value: option.label.zh for option in asked.options}
    many = value if isinstance(value, (list, tuple)) else (value,)
    return "、".join(
        written_day(one) if isinstance(one, date) else as_written(labels.get(str(one), names.get(str(one), str(one))))
        for one in many
    )  # fmt: skip
