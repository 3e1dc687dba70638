"""Samples of concluded files: of what they were drawn, and how far their check has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, select

from engine.clock import SHANGHAI
from engine.errors import NotFound
from engine.petition.file import FileKind
from engine.petition.parties import Actor
from engine.store.loading import Loading
from engine.store.queries.files import FileRow, files_of
from engine.store.queries.sight import view, visible
from engine.store.tables import petition, sample, sample_defect, sample_file
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Concluded files: concluded from one day to another (both included), in the hands of one organ if given."""

    closed_from: date
    closed_to: date
    responsible: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """A sample: of which cohort of how many it was drawn, by which seed, and how far its check has come."""

    id: str
    drawn_at: datetime
    cohort: Cohort
    number: str
    seed: str
    size: int
    entry: int
    drawn: int
    checked: int
    sound: int
    """Of those checked: without a material defect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledFile:
    """A file of a sample; ``row`` is None for those who may no longer see it. ``defects`` say which are material."""

    place: int
    row: FileRow | None
    checked_at: datetime | None
    defects: Mapping[str, bool]


def cohort_ids(desk: Loading, viewer: Actor, cohort: Cohort, *, on: date) -> tuple[str, ...]:
    """The ids of *cohort* that *viewer* may see, sorted. Restricted matters are never drawn. 1 statement."""
    wanted = [
        petition.c.kind == FileKind.PETITION.value,
        ~petition.c.sealed,
        petition.c.closed_at >= _beginning(cohort.closed_from),
        petition.c.closed_at < _beginning(cohort.closed_to + timedelta(days=1)),
        visible(view(desk, viewer, on)),
    ]
    wanted += [petition.c.holder == cohort.responsible] if cohort.responsible else []
    query = select(petition.c.id).where(*wanted).order_by(petition.c.id)
    return tuple(desk.connection.execute(query).scalars())


def samples(desk: Loading, viewer: Actor) -> tuple[SampleRow, ...]:
    """The samples that were drawn for the organ of *viewer*, newest first. 1 statement."""
    query = _SAMPLES.where(sample.c.organ == viewer.organ).order_by(sample.c.drawn_at.desc())
    return tuple(_sample(row) for row in desk.connection.execute(query))


def sample_of(desk: Loading, viewer: Actor, id: str) -> SampleRow:
    """The sample *id* of the organ of *viewer*. Raises NotFound."""
    query = _SAMPLES.where(sample.c.organ == viewer.organ, sample.c.id == id)
    row = desk.connection.execute(query).first()
    if row is None:
        raise NotFound(Text("没有这次抽查", "there is no such sample"))
    return _sample(row)


def sampled_files(desk: Loading, viewer: Actor, id: str, *, on: date) -> tuple[SampledFile, ...]:
    """The files of the sample *id*, in the order in which they were drawn. 3 statements."""
    found = desk.connection.execute(
        select(sample_file).where(sample_file.c.sample == id).order_by(sample_file.c.place)
    ).all()
    ids = [row.petition for row in found]
    seen = files_of(
        desk, view(desk, viewer, on), petition.c.id.in_(ids), order=(petition.c.id,), limit=len(ids)
    )
    rows = {row.petition: row for row in seen}
    defects: dict[int, dict[str, bool]] = {}
    query = select(sample_defect).where(sample_defect.c.sample == id)
    for one in desk.connection.execute(query):
        defects.setdefault(one.place, {})[one.clause] = one.material
    return tuple(
        SampledFile(
            place=row.place,
            row=rows.get(row.petition),
            checked_at=row.checked_at,
            defects=defects.get(row.place, {}),
        )
        for row in found
    )


def petition_at(desk: Loading, id: str, place: int) -> str:
    """The petition at *place* of the sample *id*. Raises NotFound."""
    here = and_(sample_file.c.sample == id, sample_file.c.place == place)
    found: str | None = desk.connection.scalar(select(sample_file.c.petition).where(here))
    if found is None:
        raise NotFound(Text("抽查中没有这一件", "there is no such file in the sample"))
    return found


def _beginning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def _sample(row: Row[Any]) -> SampleRow:
    return SampleRow(
        id=row.id,
        drawn_at=row.drawn_at,
        cohort=Cohort(
            closed_from=row.closed_from, closed_to=row.closed_to, responsible=row.responsible
        ),
        number=row.number,
        seed=row.seed,
        size=row.cohort,
        entry=row.entry,
        drawn=row.drawn,
        checked=row.checked,
        sound=row.sound,
    )


_MATERIAL = exists(
    select(sample_defect.c.clause).where(
        sample_defect.c.sample == sample_file.c.sample,
        sample_defect.c.place == sample_file.c.place,
        sample_defect.c.material,
    )
)
_CHECKED = sample_file.c.checked_at.is_not(None)
_SAMPLES: Select[Any] = (
    select(
        sample,
        func.count().label("drawn"),
        func.sum(case((_CHECKED, 1), else_=0)).label("checked"),
        func.sum(case((and_(_CHECKED, ~_MATERIAL), 1), else_=0)).label("sound"),
    )
    .join(sample_file, sample_file.c.sample == sample.c.id)
    .group_by(*sample.c)
)
