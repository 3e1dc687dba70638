"""The provisions of the law, each with everything of the version in force that uses it."""

from __future__ import annotations

from flask import render_template, request

from web.designers import rooms
from web.designers.diagrams import READERS, names_of
from web.house import house, today
from web.security import for_roles

LONGEST = 100


@rooms.get("/provisions")
@for_roles(*READERS)
def provisions() -> str:
    """Both regulations with the days on which they hold, their provisions, and where each is used; to be searched."""
    words = request.args.get("q", "").strip()[:LONGEST]
    version = house().library.current()
    return render_template(
        "designers/provisions.html", chapters=house().provisions(words), words=words, version=version,
        names=names_of(version), today=today(), titles={one.id: one.title for one in house().trials.scenarios(version).values()},
    )  # fmt: skip
