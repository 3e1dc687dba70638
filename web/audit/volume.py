"""One matter, one volume: what lies in it, whether it is whole, and the volume itself to be taken away."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from engine.audit.exporting import Wish
from engine.audit.volumes.checks import TITLES, Check
from engine.audit.volumes.making import MAKERS
from web.audit import rooms
from web.desk.files import file_page
from web.forms import sent_purpose
from web.house import house, viewer
from web.security import for_roles


@rooms.get("/petitions/<petition>/volume")
@for_roles(*MAKERS)
def volume(petition: str) -> str:
    """Catalogue and check of a closed matter; the look is logged."""
    wish = Wish(viewer=viewer(), petition=petition)
    return file_page(
        "audit/volume.html",
        petition,
        volume=house().volumes.survey(wish, house().clock.now()),
        titles=TITLES,
        lamp_of=_lamp,
    )


@rooms.post("/petitions/<petition>/volume")
@for_roles(*MAKERS)
def take_volume(petition: str) -> Response:
    """The volume as one file, for a purpose that is logged."""
    wish = Wish(viewer=viewer(), petition=petition, purpose=sent_purpose())
    made, content = house().volumes.make(wish, house().clock.now())
    return send_file(
        BytesIO(content),
        "application/zip",
        as_attachment=True,
        download_name=f"{made.shown.file.number}-卷.zip",
    )


def _lamp(check: Check) -> tuple[str, str]:
    """Tone and shape of a check."""
    if not check.passed:
        return "soon", "▲"
    return ("done", "✓") if check.asked else ("none", "–")
