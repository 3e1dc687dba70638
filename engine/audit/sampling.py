"""Samples of concluded files: drawn so that anybody can draw them again, checked clause by clause, with an interval.

The draw is a simple random one. Its seed is the hash of the period and of a public number that nobody here chooses (a lottery's,
say), or is entered. Every file of the cohort gets the hash of seed and id, and those with the smallest hashes are drawn: the same
seed and the same cohort give the same files, in any program. The draw and its list are an entry of the chain ``system``, and so
is every check. What is checked is the file: no member of staff and no petitioner is named, and none is graded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import Final

from engine.audit.events.taking import require_auditor
from engine.clock import legal_date
from engine.errors import BadInput
from engine.petition.forms import Field, FieldKind, Form, Values
from engine.petition.parties import Actor
from engine.statute.law import Law
from engine.store.household import Deed
from engine.store.queries.sampled import (
    Cohort,
    SampleRow,
    cohort_ids,
    petition_at,
    sample_of,
    samples,
)
from engine.store.queries.sight import seen_file
from engine.store.samples import keep_check, keep_sample
from engine.store.store import Store
from engine.text import Text

DRAW, CHECK = "draw_sample", "check_sampled_file"
MOST: Final = 200
MATERIAL, MINOR = "material", "minor"
CLAUSES: Final = (
    "T1", "T2", "T3", "T5", "T8", "T10", "U10", "U5", "U8", "U11", "U12", "U14", "U16", "U18", "U19", "U21", "U22", "U23",
    "U25",
)  # fmt: skip
"""The duties that show in a file; what they say stands in the statute."""
DOCUMENTS: Final = ("acceptance_notice", "handling_opinion", "review_opinion", "re_review_opinion")
"""The documents whose contents are checked."""
_NORMAL_95: Final = 1.959964
"""The two-sided 95 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of the check form: a clause and what it demands."""

    id: str
    article: str
    title: Text


DRAW_FORM: Final = Form(
    id=DRAW,
    title=Text("抽查", "sample"),
    fields=(
        Field(name="closed_from", label=Text("办结日期自", "concluded from"), kind=FieldKind.DATE),
        Field(name="closed_to", label=Text("办结日期至", "concluded to"), kind=FieldKind.DATE),
        Field(name="responsible", label=Text("责任单位", "organ responsible"), kind=FieldKind.ORGAN, required=False),
        Field(name="size", label=Text("抽取件数", "how many files"), kind=FieldKind.INTEGER, minimum=1, maximum=MOST),
        Field(
            name="number",
            label=Text("公开数字", "public number"),
            required=False,
            hint=Text(
                "抽取之前谁都不能决定的数字,如某日公布的彩票号码;种子为时段与它的散列",
                "a number that nobody here could choose, such as a lottery's; the seed is the hash of the period and it",
            ),
        ),
        Field(
            name="seed",
            label=Text("种子", "seed"),
            required=False,
            hint=Text("重复一次抽查时填写", "only to repeat a draw"),
        ),
    )
)  # fmt: skip
"""What a draw asks."""


class Samples:
    """The samples of one office."""

    def __init__(self, store: Store, *, law: Law) -> None:
        self._store = store
        self._law = law

    def points(self) -> tuple[Point, ...]:
        """The points of the check form."""
        return tuple(self._points())

    def draw(self, viewer: Actor, answers: Mapping[str, object], *, key: str, now: datetime) -> str:
        """Draw the sample that *answers* ask for and record it; its id. The same *key* twice: the same sample.

        Raises NotPermitted; BadInput, also where there is nothing to draw from.
        """
        require_auditor(viewer)
        on = legal_date(now)
        asked = _asked(DRAW_FORM.read(answers, today=on))
        id = hashlib.sha256(key.encode()).hexdigest()[:24]
        with self._store.transaction() as paper:
            if id in {one.id for one in samples(paper, viewer)}:
                return id
            cohort = asked.cohort
            ids = cohort_ids(paper, viewer, cohort, on=on)
            if not ids:
                raise BadInput({"closed_from": _NOTHING})
            drawn = drawn_from(ids, asked.seed, asked.size)
            deed = Deed(
                act=DRAW,
                inputs={
                    "sample": id, "closed_from": cohort.closed_from, "closed_to": cohort.closed_to,
                    "responsible": cohort.responsible, "number": asked.number, "seed": asked.seed, "cohort": len(ids),
                    "cohort_digest": digest_of(ids), "drawn": list(drawn),
                },
            )  # fmt: skip
            entry = paper.record_change(deed, actor=viewer, now=now)
            row = SampleRow(
                id=id, drawn_at=now, cohort=cohort, number=asked.number, seed=asked.seed, size=len(ids),
                entry=entry.seq, drawn=len(drawn), checked=0, sound=0,
            )  # fmt: skip
            keep_sample(paper, row, viewer.organ, drawn)
        return id

    def check(
        self, viewer: Actor, sample: str, place: int, found: Mapping[str, str], now: datetime
    ) -> None:
        """Record what was *found* amiss with one file: ``material`` or ``minor`` by the id of the point. Raises NotFound."""
        require_auditor(viewer)
        known = {point.id for point in self.points()}
        if set(found) - known or set(found.values()) - {MATERIAL, MINOR}:
            raise BadInput({"": Text("没有这一检查项", "there is no such point")})
        with self._store.transaction() as paper:
            sample_of(paper, viewer, sample)
            petition = petition_at(paper, sample, place)
            seen_file(paper, viewer, petition, legal_date(now))
            inputs = {"sample": sample, "place": place, "petition": petition, "defects": found}
            paper.record_change(Deed(act=CHECK, inputs=inputs), actor=viewer, now=now)
            defects = {point: how == MATERIAL for point, how in found.items()}
            keep_check(paper, sample, place, defects, now)

    def _points(self) -> Iterator[Point]:
        duties = {duty.id: duty for duty in self._law.duties()}
        for id in CLAUSES:
            rule = self._law.limit_by_id(id) if self._law.has_limit(id) else duties[id]
            yield Point(id=id, article=rule.article, title=rule.title)
        for kind in DOCUMENTS:
            document = self._law.document(kind)
            yield Point(
                id=f"document_{kind}",
                article=document.article,
                title=_CONTENTS.filled(document=document.title),
            )


def seed_of(cohort: Cohort, number: str) -> str:
    """The seed that the period and a public number give: SHA-256 of ``2026-01-01/2026-03-31/number`` in UTF-8."""
    text = f"{cohort.closed_from.isoformat()}/{cohort.closed_to.isoformat()}/{number}"
    return hashlib.sha256(text.encode()).hexdigest()


def drawn_from(ids: Sequence[str], seed: str, size: int) -> tuple[str, ...]:
    """*size* of *ids*: those with the smallest SHA-256 of ``seed:id``, in that order."""
    return tuple(
        sorted(ids, key=lambda id: hashlib.sha256(f"{seed}:{id}".encode()).digest())[:size]
    )


def digest_of(ids: Sequence[str]) -> str:
    """By which the cohort can be known again: SHA-256 of its sorted ids, a line each."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The 95 % interval of Wilson for *part* of *whole*; None where there is nothing to divide by."""
    if not whole:
        return None
    z = _NORMAL_95
    share, spread = part / whole, z * z / whole
    middle = share + spread / 2
    half = z * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    low, high = (middle - half) / (1 + spread), (middle + half) / (1 + spread)
    return max(0.0, low), min(1.0, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    cohort: Cohort
    size: int
    number: str
    seed: str


def _asked(values: Values) -> _Asked:
    first, last, size = values["closed_from"], values["closed_to"], values["size"]
    assert isinstance(first, date) and isinstance(last, date) and isinstance(size, int)  # noqa: S101, PT018 - the form saw to it
    number, seed = str(values["number"] or ""), str(values["seed"] or "")
    if first > last:
        raise BadInput({"closed_to": Text("止日早于起日", "the last day is before the first")})
    if not number and not seed:
        raise BadInput({"number": Text("请填写公开数字或者种子", "a public number or a seed is needed")})  # fmt: skip
    organ = values["responsible"]
    cohort = Cohort(closed_from=first, closed_to=last, responsible=str(organ) if organ else None)
    return _Asked(cohort=cohort, size=size, number=number, seed=seed or seed_of(cohort, number))


_NOTHING = Text(
    "这一时段没有您可以查阅的已办结案卷",
    "no file that you may see was concluded in this period",
)
_CONTENTS = Text("{document}的内容", "contents of: {document}")
