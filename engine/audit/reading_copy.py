"""The copy of a record that people read and print: cover, story, deadlines day by day, verdict, papers, how to check it.

It proves nothing: the entries beside it do. It is made of the record, of the head of the log that covers it and of what the
reader may see, and of nothing else, so that the same record gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.audit.counted import Deadlines
from engine.audit.verdict import Finding, Judged
from engine.audit.wording import (
    CLOSINGS,
    HOWS,
    SERVICES,
    Wording,
    cited,
    moment,
    names_in,
    organ_name,
    who,
)
from engine.clock import legal_date
from engine.documents.writing import as_written, written_day
from engine.people.directory import Directory
from engine.petition.entries import Entry
from engine.petition.file import FileKind
from engine.petition.parties import Actor
from engine.printing.press import Printed, printed
from engine.record.checkpoint import Checkpoint
from engine.statute.calendar import Calendar
from engine.store.queries.file_view import DOCUMENT, FileView
from engine.store.queries.stamped import StampRow
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
    stamps: Sequence[StampRow] = ()


def reading_copy(subject: Subject, words: Wording) -> Printed:
    """The copy as a PDF."""
    return printed(SHEET, contents(subject, words), at=subject.checkpoint.at)


def contents(subject: Subject, words: Wording) -> dict[str, object]:
    """What stands in the copy."""
    copy = _Copy(subject, words)
    chapter = Deadlines(subject.verdict, words, subject.directory, subject.calendar)
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
        "limits": [chapter.counted(row) for row in file.ledger],
        "verdict": [chapter.judged(one) for one in subject.verdict if one.finding is not Finding.NOT_ENGAGED or one.doubts],
        "unengaged": [f"{words.limit(one.limit)}（{cited(one.article)}）" for one in subject.verdict
                      if one.finding is Finding.NOT_ENGAGED and not one.doubts],
        "documents": copy.documents(),
        "attachments": copy.attachments(),
        "head": {
            "short": head.short, "size": str(head.size), "root": head.root.hex(), "hash": head.hash,
            "origin": head.origin, "key": subject.key, "at": moment(head.at),
        },
        "last": file.head,
        "stamps": [
            f"{one.authority}：{moment(one.stamped_at)}以前，日志已有{one.checkpoint.size}条"
            for one in subject.stamps if one.stamped_at is not None
        ],
    }  # fmt: skip


class _Copy:
    """One copy in the making."""

    def __init__(self, subject: Subject, words: Wording) -> None:
        self.subject = subject
        self.words = words
        self.shown = subject.shown
        self.file = subject.shown.file
        self.directory = subject.directory
        self.names = (
            names_in(self.directory)
            | {limit.id: limit.title.zh for limit in words.law.limits()}
            | {
                one.id: f"{words.document(one.kind)}　{one.number}".strip()
                for one in self.shown.documents
            }
        )

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
