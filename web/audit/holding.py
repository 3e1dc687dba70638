"""Where the time goes: what each organ held how long, what has been overdue how long, and the ten oldest."""

from __future__ import annotations

from collections.abc import Sequence

from engine.audit.figures.clauses import Rate
from engine.petition.parties import Role
from engine.store.queries.behind import BANDS, VERY, Figure
from engine.store.queries.figures import HolderFigure, holder_figures, oldest_open, overdue_bands
from web.audit import rooms
from web.audit.asking import bring_up_to_date, day_asked, word_asked
from web.audit.figures import BAND_NAMES, audit_page
from web.audit.spans import seconds_words
from web.desk.worklist import link_to
from web.house import house, reading, today, viewer
from web.security import for_roles


@rooms.get("/audit/holding")
@for_roles(Role.AUDITOR)
def holding() -> str:
    """Organs and the petitioners' own time, never a member of staff."""
    bring_up_to_date()
    figure = Figure(due_from=day_asked("from"), due_to=day_asked("to"))
    which = word_asked("which", {"all", "open"}, "all")
    now = int(house().clock.now().timestamp())
    with reading() as desk:
        held = holder_figures(
            desk, viewer(), on=today(), now=now, figure=figure, running=which == "open"
        )
        bands = overdue_bands(desk, viewer(), on=today())
        oldest = oldest_open(desk, viewer(), on=today())
    return audit_page(
        "audit/holding.html", held=_shares(held), bands=[(band, bands[band]) for band in (*BANDS, VERY)],
        band_names=BAND_NAMES, oldest=oldest, figure=figure, which=which, seconds=seconds_words,
        link=link_to("audit.files"),
    )  # fmt: skip


def _shares(held: Sequence[HolderFigure]) -> list[tuple[HolderFigure, Rate]]:
    """Each with its share, in hundredths of the whole."""
    whole = sum(one.seconds for one in held)
    return [(one, Rate(one.seconds, whole)) for one in held]
