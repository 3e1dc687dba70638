"""The entrance: signing in and out, choosing for which organ one speaks, choosing the language."""

from __future__ import annotations

import hashlib
import math
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from engine.people import passwords
from engine.people.directory import Directory
from engine.petition.parties import Role
from engine.text import Text
from web import language as languages
from web.house import directory, house, today
from web.language import say
from web.navigation import rooms as open_rooms
from web.security import Sessions, speak_for

rooms = Blueprint("entrance", __name__)

_WRONG = Text("登录名或密码不正确", "the login or the password is wrong")
_WAIT = Text("尝试次数过多,请在{n}秒后再试", "too many attempts; try again in {n} seconds")


@rooms.get("/")
def front() -> ResponseReturnValue:
    """The front door leads to the work: to the first room that is open to whoever comes."""
    if not current_user.is_authenticated:
        return redirect(url_for("entrance.sign_in"))
    if g.get("actor") is None:
        return redirect(url_for("entrance.organ"))
    return redirect(open_rooms()[0].url)


@rooms.get("/sign-in")
def sign_in() -> str:
    """Who are you?"""
    return render_template(
        "sign_in.html", next=inside(request.args.get("next")), login="", fault=None
    )


@rooms.post("/sign-in")
def signing_in() -> ResponseReturnValue:
    """Let in whoever knows their password, and not too often."""
    login, password = request.form.get("login", "").strip()[:80], request.form.get("password", "")
    if (wait := _seconds_to_wait(login)) > 0:
        return _again(login, _WAIT.filled(n=wait), 429)
    person = _recognised(login, password[: passwords.MAXIMUM_LENGTH + 1])
    if person is None:
        return _again(login, _WRONG, 422)
    _sessions().begin(directory().person(person), house_stamp(login) or "")
    return redirect(_after_sign_in(person))


@rooms.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Leave."""
    _sessions().end()
    flash(say(Text("已退出", "Signed out")), "done")
    return redirect(url_for("entrance.sign_in"))


@rooms.get("/organ")
def organ() -> ResponseReturnValue:
    """For which organ do you speak?"""
    if not current_user.is_authenticated:
        return redirect(url_for("entrance.sign_in"))
    return render_template("organ.html", parts=_parts(directory(), current_user.get_id()))


@rooms.post("/organ")
def speaking() -> ResponseReturnValue:
    """Speak for an organ from now on, in one's own right or for a colleague."""
    if not current_user.is_authenticated:
        return redirect(url_for("entrance.sign_in"))
    organ_id, _, stands_in_for = request.form.get("part", "").partition("|")
    speak_for(organ_id, stands_in_for or None)
    return redirect(url_for("entrance.front"))


@rooms.post("/language")
def language() -> ResponseReturnValue:
    """Chinese or English from now on."""
    languages.choose(request.form.get("language", ""))
    return redirect(inside(request.form.get("back")) or url_for("entrance.front"))


def inside(address: str | None) -> str | None:
    """*address* if it leads to a page of this site; None otherwise."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    if not address.isprintable():  # a line break would end the header that leads there
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address.rstrip("?")


def house_stamp(login: str) -> str | None:
    """A mark that changes with the password of *login*; None where there is no such login."""
    found = house().store.credentials(login)
    return hashlib.sha256(found.password_hash.encode()).hexdigest()[:16] if found else None


def _sessions() -> Sessions:
    found = current_app.extensions["petition_sessions"]
    assert isinstance(found, Sessions)  # noqa: S101 - put there when the application was made
    return found


def _recognised(login: str, password: str) -> str | None:
    """The id of the person whose login and password these are, noting the attempt; None for anybody else."""
    store, now = house().store, _sessions().now()
    found = store.credentials(login)
    right = passwords.verify(found.password_hash if found else None, password)
    person = directory().people.get(found.person) if found and right else None
    known = person is not None and person.active
    if known:
        store.sign_in_worked(login)
    else:
        store.sign_in_failed(login, request.remote_addr or "", now)
    return person.id if person is not None and known else None


def _seconds_to_wait(login: str) -> int:
    now = _sessions().now()
    account, address = house().store.sign_in_failures(login, request.remote_addr or "")
    return math.ceil((passwords.wait_until(account, address, now) - now).total_seconds())


def _again(login: str, fault: Text, status: int) -> ResponseReturnValue:
    wanted = inside(request.form.get("next"))
    return render_template("sign_in.html", next=wanted, login=login, fault=fault), status


def _after_sign_in(person: str) -> str:
    if len(_parts(directory(), person)) != 1:
        return url_for("entrance.organ")
    return inside(request.form.get("next")) or url_for("entrance.front")


def _parts(organs: Directory, person: str) -> list[tuple[str, Text, frozenset[Role], str | None]]:
    """As whom *person* may act: organ, its name, the roles there, and for which colleague."""
    found: list[tuple[str, Text, frozenset[Role], str | None]] = []
    for one in organs.organs_of(person, today()):
        if roles := organs.roles_of(person, one.id, today()):
            found.append((one.id, one.name, roles, None))
        for row in organs.substitutions_of(person, one.id, today()):
            found.append((one.id, one.name, organs.roles_through(row, today()), row.absent))
    return found
