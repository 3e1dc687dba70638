"""Petitioners follow their own matter: its number and the query code of the receipt open it, for a while, on this screen."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Final

import segno
from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.errors import NotFound
from engine.office.explaining import explain
from engine.people import passwords
from engine.petition.file import File
from engine.text import Text
from engine.window import Followed
from web.desk.files import debtor_name
from web.entrance import inside
from web.house import directory, house, reading, today
from web.outside import outside
from web.security import Sessions

rooms = Blueprint("following", __name__)

IDLE: Final = timedelta(minutes=15)
SIZES: Final = {"standard": Text("标准", "standard"), "large": Text("大", "large"), "largest": Text("特大", "largest")}  # fmt: skip
_MATTER, _SIZE = "matter", "text_size"
_LONGEST = 80
_NONE = Text(
    "没有编号和查询码都相符的信访事项。请照回执核对;回执遗失的,请持有效证件到收件单位查询。",
    "There is no petition with this number and query code. Compare them with the receipt; if it is lost, ask where you filed.",
)
_WAIT = Text("尝试次数过多,请在{n}秒后再试", "too many attempts; try again in {n} seconds")


@rooms.get("/query")
def query() -> str:
    """Which matter?"""
    return _form(request.args.get("number", "")[:_LONGEST], None)


@rooms.post("/query")
def opening() -> ResponseReturnValue:
    """Open the matter whose number and query code these are; one answer for whatever is wrong, and not too often."""
    number = request.form.get("number", "").strip()[:_LONGEST]
    address = request.remote_addr or ""
    store, now = house().store, _sessions().now()
    failures = store.query_failures(number, address)
    if (wait := (passwords.wait_until(*failures, now) - now).total_seconds()) > 0:
        return _form(number, _WAIT.filled(n=math.ceil(wait))), 429
    petition = house().window.find(number, request.form.get("code", ""))
    if petition is None:
        store.query_failed(number, address, now)
        return _form(number, _NONE), 422
    store.query_worked(number)
    session[_MATTER] = [petition, int(now.timestamp())]
    return redirect(url_for("following.matter"))


@rooms.get("/query/matter")
def matter() -> ResponseReturnValue:
    """Where the matter stands, what happened, by when, which papers, and what may be done next."""
    petition = _opened()
    if petition is None:
        return redirect(url_for("following.query"))
    return render_template(
        "public/matter.html", shown=_followed(petition), directory=directory(), debtor_name=debtor_name
    )  # fmt: skip


@rooms.get("/query/matter/deadlines/<limit>/<int:ordinal>")
def deadline(limit: str, ordinal: int) -> ResponseReturnValue:
    """Why a deadline of the matter falls on its day: the same as inside."""
    petition = _opened()
    if petition is None:
        return redirect(url_for("following.query"))
    shown = _followed(petition)
    rows = [one.deadline for one in shown.deadlines if one.deadline.id == f"{limit}#{ordinal}"]
    if not rows:
        raise NotFound(Text("没有这一期限", "there is no such deadline"))
    with reading() as desk:
        calendar = desk.calendar()
    return render_template(
        "public/deadline.html", shown=shown, row=rows[0], why=explain(rows[0], house().law, calendar),
        calendar=calendar, debtor=debtor_name(directory(), rows[0]), on=today(),
    )  # fmt: skip


@rooms.post("/query/leave")
def leave() -> ResponseReturnValue:
    """Close the matter on this screen."""
    session.pop(_MATTER, None)
    return redirect(url_for("following.query"))


@rooms.post("/text-size")
def text_size() -> ResponseReturnValue:
    """Larger or smaller words from now on."""
    if (size := request.form.get("size", "")) in SIZES:
        session[_SIZE] = size
    return redirect(inside(request.form.get("back")) or url_for("following.query"))


def chosen_size() -> str:
    """How large this visitor wants public pages to be written."""
    size = str(session.get(_SIZE, "standard"))
    return size if size in SIZES else "standard"


def address_of(file: File) -> str:
    """Where *file* can be followed; the number of a restricted matter stays out of the address."""
    number = None if file.sealed else file.number
    return outside("following.query", number=number)


def picture_of(address: str) -> str:
    """*address* as a QR code, for an image."""
    return str(segno.make(address, error="m").svg_data_uri(border=2, scale=3))


def _followed(petition: str) -> Followed:
    return house().window.follow(petition)


def _form(number: str, fault: Text | None) -> str:
    return render_template("public/query.html", number=number, fault=fault)


def _opened() -> str | None:
    """The matter that is open on this screen, unless it has been left alone for too long."""
    kept = session.get(_MATTER)
    now = int(_sessions().now().timestamp())
    if not isinstance(kept, list) or now - int(kept[1]) > IDLE.total_seconds():
        session.pop(_MATTER, None)
        return None
    session[_MATTER] = [kept[0], now]
    return str(kept[0])


def _sessions() -> Sessions:
    found = current_app.extensions["petition_sessions"]
    assert isinstance(found, Sessions)  # noqa: S101 - put there when the application was made
    return found
