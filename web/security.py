"""Signing in, speaking for an organ, sessions, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFProtect

from engine.clock import Clock
from engine.errors import NotPermitted
from engine.petition.parties import Actor, Person, Role
from engine.text import Text
from web.house import directory, today, viewer

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=10)
_SEEN, _SINCE, _ORGAN, _FOR, _STAMP = "seen_at", "since", "organ", "stands_in_for", "stamp"

POLICY: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# bpmn-js colours its drawing by style attributes; no other page may.
DRAWING_POLICY: Final = POLICY["Content-Security-Policy"] + "; style-src-attr 'unsafe-inline'"
LARGEST_JSON: Final = 5_000_000
"""Editors send whole files of a draft, which may be as large as the gate lets them be."""
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Identity:
    """The person as Flask-Login knows them."""

    person: Person

    is_active = True
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        """The person's id."""
        return self.person.id


class Cookies(SecureCookieSessionInterface):
    """Sessions in a signed cookie, which is only sent over TLS where the page came by TLS."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


class Sessions:
    """Keeps time for sessions: by the machine's clock, for the office's own may be turned."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """The machine's own present instant."""
        return self._clock.now()

    def begin(self, person: Person, stamp: str) -> None:
        """Start a fresh session for *person*; nothing of an earlier one survives but the language."""
        language = session.get("language")
        session.clear()
        if language:
            session["language"] = language
        session[_SINCE] = session[_SEEN] = int(self.now().timestamp())
        session[_STAMP] = stamp
        session.permanent = True
        login_user(Identity(person))

    def end(self) -> None:
        """Sign out."""
        language = session.get("language")
        logout_user()
        session.clear()
        if language:
            session["language"] = language

    def still_good(self) -> bool:
        """Whether the session is neither idle for too long nor too old; notes that it is in use."""
        now = int(self.now().timestamp())
        seen, since = int(session.get(_SEEN, 0)), int(session.get(_SINCE, 0))
        if now - seen > IDLE.total_seconds() or now - since > LONGEST.total_seconds():
            return False
        if now - seen > 60:
            session[_SEEN] = now
        return True


def speak_for(organ: str, stands_in_for: str | None = None) -> Actor:
    """From now on speak for *organ*. Raises NotPermitted where the person has no role there."""
    actor = directory().actor_for(
        current_user.get_id(), organ, today(), stands_in_for=stands_in_for
    )
    session[_ORGAN], session[_FOR] = actor.organ, actor.stands_in_for
    return actor


def install(app: Flask, sessions: Sessions, stamp_of: Callable[[str], str | None]) -> None:
    """Guard *app*. *stamp_of* gives a mark of a person's password: a new password ends all their sessions."""
    app.before_request(_measure)
    CSRFProtect(app)
    manager = LoginManager(app)
    manager.user_loader(lambda id: _identity(id, sessions, stamp_of))
    manager.unauthorized_handler(_ask_to_sign_in)
    app.extensions["petition_sessions"] = sessions
    app.before_request(_refuse_foreign_pages)
    app.before_request(_who)
    app.after_request(_headers)


def signed_in(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
    """A view for people who have signed in and speak for an organ."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        if g.actor is None:
            return redirect(url_for("entrance.organ"))
        return view(*args, **kwargs)

    guarded.signed_in = True  # type: ignore[attr-defined]
    return guarded


def for_roles(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R | ResponseReturnValue]]:
    """A view for those only who hold one of *roles* at the organ they speak for."""

    def decorate(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
            if not viewer().roles & set(roles):
                raise NotPermitted(Text("这一页面不属于您的岗位", "this page is not for your role"))
            return view(*args, **kwargs)

        return signed_in(guarded)

    return decorate


def _identity(
    id: str, sessions: Sessions, stamp_of: Callable[[str], str | None]
) -> Identity | None:
    person = directory().people.get(id)
    if person is None or not person.active or not sessions.still_good():
        return None
    return Identity(person) if session.get(_STAMP) == stamp_of(person.login) else None


def _who() -> None:
    g.actor = None
    if request.endpoint == "static" or not current_user.is_authenticated:
        return
    organs = directory().organs_of(current_user.get_id(), today())
    chosen = session.get(_ORGAN)
    if chosen not in {organ.id for organ in organs}:
        chosen = organs[0].id if len(organs) == 1 else None
        session[_FOR] = None
    if chosen:
        g.actor = directory().actor_for(
            current_user.get_id(), chosen, today(), stands_in_for=session.get(_FOR)
        )


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.is_json:
        abort(401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("entrance.sign_in", next=wanted))


def _measure() -> None:
    """Hold whatever carries no files to the size of a form, before anything of it is read."""
    largest: int | None = current_app.config["MAX_FORM_MEMORY_SIZE"]
    if request.is_json:
        request.max_content_length = LARGEST_JSON
    elif request.mimetype != "multipart/form-data" and largest is not None:
        request.max_content_length = min(largest, request.max_content_length or largest)


def _refuse_foreign_pages() -> None:
    """A browser says where an unsafe request comes from; another site has no business here, token or not."""
    if request.method not in _SAFE and request.headers.get("Sec-Fetch-Site") in {
        "cross-site",
        "same-site",
    }:
        abort(403)


def _headers(response: Response) -> Response:
    for name, value in POLICY.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


__all__ = ["Identity", "Sessions", "for_roles", "install", "signed_in", "speak_for"]
