"""The web application: rooms put together around one house. Nothing connects or reads at import."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined

from engine.audit.volumes.making import MAKERS
from engine.bootstrap import House
from engine.clock import Clock, SystemClock
from engine.people.roles import ROLE_NAMES
from web import (
    demonstration,
    entrance,
    errors,
    following,
    language,
    navigation,
    public,
    security,
    verification,
    wording,
)
from web.admin import furnish as furnish_admin
from web.audit import furnish as furnish_audit
from web.designers import furnish as furnish_designers
from web.desk import furnish as furnish_desk
from web.house import EXTENSION, directory, house, today
from web.oversight import furnish as furnish_oversight

LARGEST_REQUEST = 40_000_000
LARGEST_FORM = 2_000_000


def create_app(house: House, *, wall: Clock | None = None) -> Flask:
    """The application that serves *house*. *wall* is the machine's clock, by which sessions grow old."""
    app = Flask("web", static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=house.settings.session_secret(),
        SESSION_COOKIE_NAME="petition_office",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=security.LONGEST,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=500,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.session_interface = security.Cookies()
    app.extensions[EXTENSION] = house
    language.install(app)
    wording.install(app)
    security.install(app, security.Sessions(wall or SystemClock()), entrance.house_stamp)
    errors.install(app)
    for rooms in (
        entrance.rooms, furnish_desk(), furnish_oversight(), furnish_audit(), furnish_admin(), furnish_designers(), public.rooms,
        following.rooms, verification.rooms, demonstration.rooms,
    ):  # fmt: skip
        app.register_blueprint(rooms)
    app.context_processor(_everywhere)
    _furnish_templates(app)
    return app


def _furnish_templates(app: Flask) -> None:
    """What every template knows without asking: addresses of files, and the small pieces in ``parts/words.html``."""
    environment = app.jinja_env
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.undefined = StrictUndefined
    environment.globals.update(
        asset=_Assets(Path(app.static_folder or "")),
        csrf_token=generate_csrf,
        request=request,
        text_size=following.chosen_size,
        TEXT_SIZES=following.SIZES,
    )
    with app.app_context():
        environment.globals.update(vars(environment.get_template("parts/words.html").module))


class _Assets:
    """Addresses of static files that change with their content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._marks: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name not in self._marks:
            file = self._folder / name
            content = file.read_bytes() if file.exists() else b""
            self._marks[name] = hashlib.sha256(content).hexdigest()[:10]
        return url_for("static", filename=name, v=self._marks[name])


def _everywhere() -> dict[str, Any]:
    """What every page shows around its own matter."""
    actor = g.get("actor")
    shown: dict[str, Any] = {
        "actor": actor,
        "today": today(),
        "now": house().clock.now(),
        "demo": house().demo,
        "rooms": navigation.rooms,
        "fresh_key": lambda: secrets.token_urlsafe(18),
        "by": navigation.by,
        "who": navigation.who,
        "effective": navigation.effective,
        "told_names": navigation.told_names,
        "entry_lines": navigation.entry_lines,
        "month_weeks": navigation.month_weeks,
        "person_of": lambda id: directory().person(id).name,
    }
    if actor is not None:
        shown["reads_files"] = bool(actor.roles & navigation.CASE_ROLES)
        shown["makes_volumes"] = bool(actor.roles & MAKERS)
        shown["person_name"] = directory().person(current_user.get_id()).name
        shown["organ_name"] = directory().organ(actor.organ).name
        shown["role_names"] = "、".join(
            language.say(ROLE_NAMES[role]) for role in sorted(actor.roles)
        )
    return shown
