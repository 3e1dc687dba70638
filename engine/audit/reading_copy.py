"""The copy of a record that people read and print: cover, story, deadlines day by day, verdict, papers, how to check it.

It proves nothing: the entries beside it do. It is made of the record, of the head of the log that covers it and of what the
reader may see, and of nothing else, so that the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.audit.counted import months
from engine.audit.verdict import BREACHES, Finding, Judged
from engine.audit.wording import (
    CLOSINGS,
    HOWS,
    SERVICES,
    Wording,
    cited,
    found_as,
    moment,
    names_in,
    organ_name,
    who,
)
from engine.clock import legal_date
from engine.documents.writing import as_written, written_day
from engine.errors import BadInput
from engine.office.explaining import explain
from engine.people.directory import Directory
from engine.petition.deadlines import Deadline
from engine.petition.entries import Entry
from engine.petition.file import FileKind
from engine.petition.parties import Actor
from engine.printing.press import Printed, printed
from engine.record.checkpoint import Checkpoint
from engine.statute.calendar import Calendar
from engine.store.queries.file_view import DOCUMENT, FileView
from engine.store.queries.timeline import EntryRow

SHEET = "dossier"
Lines = list[list[str]]
"""Captions with their values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a copy is made of. ``opened`` are the sealed values in the clear, by entry and name; none without a ``purpose``.

    ``forms`` gives the forms of a version of the drawings, ``calendar`` the calendar that a deadline was counted under.
    """

    shown: FileView
    entries: tuple[Entry, ...]
    verdict: tuple[Judged, ...]
    directory: Directory
    checkpoint: Checkpoint
    key: str
    viewer: Actor
    purpose: str
    opened: Mapping[int, Mapping[str, str]]
    forms: Callable[[str], Mapping[str, bytes]]
    calendar: Callable[[str], Calendar]


def reading_copy(subject: Subject, words: Wording) -> Printed:
    """The copy as a PDF."""
    return printed(SHEET, contents(subject, words), at=subject.checkpoint.at)


def contents(subject: Subject, words: Wording) -> dict[str, object]:
    """What stands in the copy."""
    copy = _Copy(subject, words)
    file, head = subject.shown.file, subject.checkpoint
    return {
        "kind": "督办案卷" if file.kind is FileKind.SUPERVISION else "信访事项案卷",
        "number": file.number,
        "title": as_written(file.title),
        "organ": organ_name(subject.directory, file.organ),
        "cover": copy.cover(),
        "withheld": list(copy.withheld()),
        "parties": copy.parties(),
        "organs": copy.organs(),
        "story": [copy.told(*pair) for pair in zip(subject.entries, subject.shown.entries, strict=True)],
        "limits": [copy.counted(row) for row in file.ledger],
        "verdict": [copy.judged(one) for one in subject.verdict if one.finding is not Finding.NOT_ENGAGED or one.doubts],
        "unengaged": [f"{words.limit(one.limit)}（{cited(one.article)}）" for one in subject.verdict
                      if one.finding is Finding.NOT_ENGAGED and not one.doubts],
        "documents": copy.documents(),
        "attachments": copy.attachments(),
        "head": {
            "short": head.short, "size": str(head.size), "root": head.root.hex(), "hash": head.hash,
            "origin": head.origin, "key": subject.key, "at": moment(head.at),
        },
        "last": file.head,
    }  # fmt: skip


class _Copy:
    """One copy in the making."""

    def __init__(self, subject: Subject, words: Wording) -> None:
        self.subject = subject
        self.words = words
        self.shown = subject.shown
        self.file = subject.shown.file
        self.directory = subject.directory
        self.on = legal_date(subject.checkpoint.at)
        self.names = names_in(self.directory) | {
            one.id: f"{words.document(one.kind)}　{one.number}".strip()
            for one in self.shown.documents
        }
        self.by_deadline = {one.deadline: one for one in subject.verdict if one.deadline}

    # ------------------------------------------------------------------------------- whose, and what is withheld

    def cover(self) -> Lines:
        """What stands on the cover, below number and title."""
        file, viewer = self.file, self.subject.viewer
        closing = str(file.facts.get("closing") or "")
        ended = f"，{CLOSINGS[closing].zh}" if closing in CLOSINGS else ""
        person = self.directory.people.get(viewer.person)
        return [
            ["登记单位", organ_name(self.directory, file.organ)],
            ["收到日期", written_day(file.received_on)],
            ["办理状态", f"已办结（{moment(file.closed_at)}{ended}）" if file.closed_at else "正在办理"],
            ["记录", f"{len(self.subject.entries)}条，{_span(self.subject.entries)}"],
            ["文书与附件", f"文书{len(self.shown.documents)}件，附件{len(self.shown.attachments)}件"],
            ["制卷", f"{organ_name(self.directory, viewer.organ)}　{person.name if person else viewer.person}"],
            ["用途", as_written(self.subject.purpose) or "未说明，个人信息已遮盖"],
            ["截至", f"{moment(self.subject.checkpoint.at)}，日志{self.subject.checkpoint.size}条"],
        ]  # fmt: skip

    def withheld(self) -> Iterator[str]:
        """What is not in this copy, and why."""
        names = dict.fromkeys(self.words.question(name) for name in self.shown.sealed)
        if self.shown.erased:
            yield "个人信息和文书内容已依法删除（个人信息保护法第四十七条），记录仍可自证。"
        elif not self.subject.purpose:
            if names:
                yield f"制卷时未说明用途，下列内容没有列出：{'、'.join(names)}。"
            if self.shown.documents:
                yield "文书只列编号和摘要值，内容没有列出。"
            if self.shown.attachments:
                yield "附件名称没有列出。"
        if self.file.sealed:
            yield "本件限制阅看：本卷只供有权查阅者使用，不得提供给被检举、控告的人员和单位（条例第三十条）。"
        yield "其他案卷（包括对本件的督办）不在本卷之内。"

    def parties(self) -> Lines:
        """What the registration says of the petitioner, as far as it is shown."""
        told = self.words.answers(
            self.subject.entries[0], forms={}, opened=self._opened(1), names=self.names
        )
        return [[question, answer] for question, answer in told]

    def organs(self) -> Lines:
        """The organs that have a part in the matter."""
        slots = (
            ("office", "信访工作机构"), ("organ", "责任单位"), ("decider", "争议决定机关"), ("review_organ", "复查机关"),
            ("re_review_organ", "复核机关"), ("discipline_organ", "纪检监察机关"), ("supervising_office", "督办机构"),
        )  # fmt: skip
        facts = self.file.facts
        return [
            [name, organ_name(self.directory, str(facts[slot]))]
            for slot, name in slots
            if facts.get(slot)
        ]

    # ------------------------------------------------------------------------------- what happened

    def told(self, entry: Entry, row: EntryRow) -> dict[str, object]:
        """One entry: what, who, when it counts and when it was written down, and what followed."""
        effective, recorded = moment(entry.effective_at), moment(entry.recorded_at)
        answers = self.words.answers(
            entry,
            forms=self.subject.forms(row.procedure),
            opened=self._opened(entry.seq),
            names=self.names,
        )
        return {
            "seq": entry.seq,
            "act": self.words.act(entry.act),
            "article": self.words.article(entry.act),
            "who": who(self.directory, entry),
            "effective": effective,
            "recorded": "" if recorded == effective else recorded,
            "answers": [] if entry.seq == 1 else [[name, answer] for name, answer in answers],
            "followed": [
                *(f"制发{self.words.document(kind)}{number and f'　{number}'}" for kind, number in row.documents),
                *(self._moved(change.limit, change.how, change.legal_due) for change in row.deadlines),
            ],
            "breach": any(change.how == "passed" and self._is_duty(change.id) for change in row.deadlines),
            "digest": entry.digest,
        }  # fmt: skip

    def _moved(self, limit: str, how: str, due: date | None) -> str:
        until = f"，{written_day(due)}届满" if due and how in {"opened", "changed"} else ""
        return f"“{self.words.limit(limit)}”{HOWS[how]}{until}"

    def _is_duty(self, deadline: str) -> bool:
        return any(row.id == deadline and not row.power for row in self.file.ledger)

    def _opened(self, entry: int) -> Mapping[str, str]:
        values = self.subject.opened.get(entry, {})
        return {name: value for name, value in values.items() if not name.startswith(DOCUMENT)}

    # ------------------------------------------------------------------------------- deadlines

    def counted(self, row: Deadline) -> dict[str, object]:
        """A deadline with the clause it rests on and every day of its count."""
        found = self.by_deadline.get(row.id)
        facts = [
            ["权利人" if row.power else "义务人", organ_name(self.directory, row.debtor)],
            ["起算事件之日", f"{written_day(row.started_on)}（当日不计）"],
            ["届满日", written_day(row.legal_due) if row.legal_due else "—"],
        ]
        if row.nominal_due and row.nominal_due != row.legal_due:
            facts.append(["按日数届满", f"{written_day(row.nominal_due)}，遇休息日顺延"])
        if row.assigned_due:
            facts.append(["指定期限", written_day(row.assigned_due)])
        if row.extension_days:
            facts.append(["延长", f"{row.extension_days}日"])
        for pause in row.suspensions:
            end = written_day(pause.end) if pause.end else "尚未恢复"
            facts.append(["扣除期间", f"{written_day(pause.start)}至{end}"])
        if row.closed_on:
            facts.append(["办理之日", written_day(row.closed_on)])
        if row.note:
            facts.append(["说明", as_written(row.note)])
        if row.provisional:
            facts.append(["暂定", "当年放假安排尚未公布，公布后重新计算"])
        return {"id": row.id, "facts": facts, **self._explained(row), **self._found(found)}

    def _explained(self, row: Deadline) -> dict[str, object]:
        try:
            why = explain(row, self.words.law, self.subject.calendar(row.calendar))
        except (BadInput, OverflowError, ValueError):
            title, cite = self.words.limit(row.limit), cited(row.article)
            return {"title": title, "cite": cite, "quote": "", "months": []}
        limit = why.limit
        return {
            "title": limit.title.zh,
            "cite": limit.cite.zh,
            "quote": limit.quote,
            "months": months(why),
        }

    def _found(self, one: Judged | None) -> dict[str, object]:
        if one is None:
            return {"finding": "", "breach": False, "doubts": []}
        doubts = [as_written(doubt.zh) for doubt in one.doubts]
        return {"finding": found_as(one).zh, "breach": one.finding in BREACHES and not one.power, "doubts": doubts}  # fmt: skip

    def judged(self, one: Judged) -> dict[str, object]:
        """What became of a clause."""
        return {
            "article": cited(one.article),
            "title": one.title.zh,
            "id": one.deadline or one.limit,
            "debtor": organ_name(self.directory, one.debtor) if one.debtor else "—",
            "due": one.legal_due.isoformat() if one.legal_due else "—",
            "closed": one.closed_on.isoformat() if one.closed_on else "—",
            "entries": "、".join(str(seq) for seq in one.entries) or "—",
            **self._found(one),
        }

    # ------------------------------------------------------------------------------- papers

    def documents(self) -> list[dict[str, str]]:
        """The documents that were issued."""
        return [
            {
                "entry": str(one.entry),
                "title": self.words.document(one.kind),
                "number": one.number,
                "organ": organ_name(self.directory, one.organ),
                "date": one.issued_on.isoformat(),
                "service": SERVICES[one.service],
                "digest": one.digest,
            }
            for one in self.shown.documents
        ]

    def attachments(self) -> list[dict[str, str]]:
        """The files that were handed in."""
        named = bool(self.subject.purpose) or self.shown.erased
        return [
            {
                "entry": str(one.entry),
                "name": one.name if named else "（未列出）",
                "type": one.media_type,
                "size": f"{one.size}字节",
                "digest": one.digest,
            }
            for one in self.shown.attachments
        ]


def _span(entries: tuple[Entry, ...]) -> str:
    first, last = (legal_date(entries[end].effective_at) for end in (0, -1))
    return written_day(first) if first == last else f"{written_day(first)}至{written_day(last)}"
