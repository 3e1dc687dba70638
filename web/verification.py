"""The public page on which anybody who holds a paper checks that it was issued, and the mark on papers that leads there."""

from __future__ import annotations

import segno
from flask import Blueprint, render_template, request
from markupsafe import Markup

from engine.petition.documents import Document
from engine.store.queries.issued import check_of, issued
from web.house import directory, reading
from web.outside import outside

rooms = Blueprint("verification", __name__)
_GROUPS = 4


@rooms.get("/verify")
def verify() -> tuple[str, int]:
    """Whether a paper with this number and this check was issued, by whom and when."""
    number, check = request.args.get("number", "").strip(), request.args.get("check", "").strip()
    asked = bool(number or check)
    found = None
    if asked:
        with reading() as desk:
            found = issued(desk, number, check)
    page = render_template(
        "public/verify.html",
        asked=asked,
        found=found,
        number=number,
        check=check,
        organ=directory().organ(found.organ).name if found else None,
    )
    return page, 404 if asked and found is None else 200


def mark(paper: Document) -> dict[str, object] | None:
    """What is printed on *paper*: its check in groups, and a code that leads to the page; None without a number."""
    if not paper.number:
        return None
    check = check_of(paper)
    address = outside("verification.verify", number=paper.number, check=check)
    drawn = segno.make(address, error="m").svg_inline(scale=2, border=1, svgclass="qr")
    return {
        "check": " ".join(check[at : at + _GROUPS] for at in range(0, len(check), _GROUPS)),
        "code": Markup(drawn),  # noqa: S704 - drawn by us from an address that is quoted
    }
