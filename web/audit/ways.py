"""The ways that petitions went: sequences of acts, the commonest first."""

from __future__ import annotations

from engine.audit.figures.clauses import Rate
from engine.petition.parties import Role
from engine.store.queries.figures import MOST_WAYS
from engine.store.queries.figures import ways as ways_gone
from web.audit import rooms
from web.audit.asking import bring_up_to_date, word_asked
from web.audit.figures import audit_page
from web.audit.spans import seconds_words
from web.desk.worklist import link_to
from web.house import reading, today, viewer
from web.security import for_roles


@rooms.get("/audit/ways")
@for_roles(Role.AUDITOR)
def ways() -> str:
    """Each way with its share and the median time it took; the files behind it one click away."""
    bring_up_to_date()
    which = word_asked("which", {"all", "concluded"}, "concluded")
    with reading() as desk:
        versions = desk.procedures(on=today())
        version = word_asked("version", {row.digest for row in versions})
        found, total = ways_gone(
            desk, viewer(), on=today(), version=version or None, concluded=which == "concluded"
        )
    return audit_page(
        "audit/ways.html", ways=[(one, Rate(one.count, total)) for one in found], total=total, which=which,
        versions=versions, version=version, seconds=seconds_words, most=MOST_WAYS, link=link_to("audit.files"),
    )  # fmt: skip
