"""A town with a petition before every act of the road, and the doors into its office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.demo.organs import read_office
from engine.petition.commands import Receipt
from tests.model.place import Place
from tests.model.playing import Play
from tests.model.road import DIRECT, LETTER, MAIN, Stop, Traveller
from web.app import create_app

PASSWORD = read_office().password
MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")
ACCUSATION = {**LETTER, "category": "accusation", "accused_organ": "county.labour"}


@dataclass(slots=True, kw_only=True)
class Town:
    """An office, its pages, and the petitions that wait in it by the stop of the road that comes next."""

    place: Place
    app: Flask
    waiting: Mapping[str, str]
    sealed: str
    _screens: dict[str, FlaskClient] = field(default_factory=dict)

    def screen(self, login: str) -> FlaskClient:
        """The browser of *login*, signed in."""
        if login not in self._screens:
            client = self._screens[login] = self.app.test_client()
            sent = {"login": login, "password": PASSWORD, "csrf_token": token(client)}
            assert client.post("/sign-in", data=sent).status_code == 302, f"{login} was not let in"
        return self._screens[login]

    def post(
        self, login: str, address: str, answers: Mapping[str, object], **more: object
    ) -> TestResponse:
        """Send *answers* to *address* as *login*, with the token of a page."""
        client = self.screen(login)
        return client.post(address, data={"csrf_token": token(client), **answers}, **more)

    def deed(
        self, login: str, petition: str, act: str, answers: Mapping[str, object], **more: object
    ) -> TestResponse:
        """Send an act's confirmation, as its page would."""
        said = {f"f-{name}": _typed(value) for name, value in answers.items()}
        key = f"key-of-a-page-{len(self._screens):04}-{id(said):x}"
        return self.post(
            login,
            f"/petitions/{petition}/do/{act}",
            {"phase": "confirm", "key": key, **said, **more},
        )

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Whatever is done inside must leave no trace in the database."""
        before = self.place.traces()
        yield
        assert self.place.traces() == before, "something was changed"

    def copied(self, data: Path) -> Town:
        """A town of one's own with the same petitions."""
        source = self.place.house.settings.data
        place = Place.copied(source, data, opens=self.place.clock.now())
        app = create_app(place.house, wall=place.clock)
        return Town(place=place, app=app, waiting=self.waiting, sealed=self.sealed)


def built(founded: Path, data: Path) -> Town:
    """The town, made once."""
    place = Place.copied(founded, data, opens=MORNING)
    play = Play(place)
    waiting = {}
    for stop in MAIN[1:]:
        waiting[stop[0]] = _petition(Traveller(play).goes_to(stop[0]))
    waiting["direct"] = _petition(Traveller(play, DIRECT).goes_to("route"))
    accused = Traveller(play, (("register", "register", "county.clerk", ACCUSATION),))
    assert isinstance(accused.at("register"), Receipt)
    app = create_app(place.house, wall=place.clock)
    return Town(place=place, app=app, waiting=waiting, sealed=_petition(accused))


def stops() -> tuple[Stop, ...]:
    """Every act of the road that a petition is waiting for."""
    return MAIN[1:]


def _petition(traveller: Traveller) -> str:
    assert traveller.petition is not None
    return traveller.petition


def _typed(value: object) -> object:
    return "true" if value is True else "" if value is False else value


def token(client: FlaskClient) -> str:
    """The token of a page that *client* is shown."""
    found = _TOKEN.search(client.get("/calculator").get_data(as_text=True))
    assert found, "the page carries no token"
    return found[1]


def must_refuse(answer: TestResponse, *statuses: int) -> str:
    """Fails unless *answer* is a page that refuses in a sentence, with one of *statuses*; returns its words."""
    page = answer.get_data(as_text=True)
    assert answer.status_code in statuses, (
        f"{answer.request.path}: {answer.status}\n{words(page)[:500]}"
    )
    must_be_calm(answer)
    said = words(page)
    assert len(said) > 10, f"{answer.request.path} refuses without a sentence"
    return said


def must_be_calm(answer: TestResponse) -> None:
    """No defect, and nothing of the program's insides."""
    page = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
    assert answer.status_code < 500, (
        f"{answer.request.method} {answer.request.path}: {answer.status}"
    )
    for sign in ("Traceback", "sqlalchemy", "site-packages", "werkzeug", '.py"', "sqlite3"):
        assert sign not in page, f"{answer.request.path} shows {sign}"


def words(page: str) -> str:
    """The words of the page's own matter."""
    main = _MAIN.search(page)
    return " ".join(_TAGS.sub(" ", main[0] if main else page).split())
