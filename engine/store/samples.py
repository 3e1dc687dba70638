"""Writing samples of concluded files. The chain ``system`` says the same; whoever calls this records it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, insert, update

from engine.store.loading import Loading
from engine.store.queries.sampled import SampleRow
from engine.store.tables import sample, sample_defect, sample_file


def keep_sample(paper: Loading, drawn: SampleRow, organ: str, petitions: Sequence[str]) -> None:
    """Keep a sample that was drawn for *organ*."""
    cohort = drawn.cohort
    row = {
        "id": drawn.id, "organ": organ, "drawn_at": drawn.drawn_at, "closed_from": cohort.closed_from,
        "closed_to": cohort.closed_to, "responsible": cohort.responsible, "number": drawn.number, "seed": drawn.seed,
        "cohort": drawn.size, "entry": drawn.entry,
    }  # fmt: skip
    paper.connection.execute(insert(sample), row)
    paper.connection.execute(
        insert(sample_file),
        [
            {"sample": drawn.id, "place": place, "petition": id, "checked_at": None}
            for place, id in enumerate(petitions, start=1)
        ],
    )


def keep_check(
    paper: Loading, id: str, place: int, defects: Mapping[str, bool], now: datetime
) -> None:
    """Keep what was found amiss with the file at *place* of the sample *id*, in the place of what was found before."""
    here = and_(sample_file.c.sample == id, sample_file.c.place == place)
    paper.connection.execute(update(sample_file).where(here).values(checked_at=now))
    paper.connection.execute(
        delete(sample_defect).where(sample_defect.c.sample == id, sample_defect.c.place == place)
    )
    if defects:
        rows = [
            {"sample": id, "place": place, "clause": clause, "material": material}
            for clause, material in defects.items()
        ]
        paper.connection.execute(insert(sample_defect), rows)
