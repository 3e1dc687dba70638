"""A lived-in office for page tests, and visitors who check every page that they are shown."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.bootstrap import House, open_house
from engine.clock import ManualClock, TurnedClock, legal_date
from engine.demo.founding import found
from engine.demo.organs import read_office
from engine.petition.parties import Actor
from engine.settings import Settings, sqlite_url
from engine.store.queries import FileRow
from tests.web.checks import checked
from tests.web.paper import Paper, Sheet
from web.app import create_app
from web.designers.coverage import REPLAY_SECONDS

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, 09:00 in Asia/Shanghai."""
PETITIONS = 64
LONG = 600
"""Seconds in which everything is played, however busy the machine."""
PASSWORD = read_office().password


@dataclass(slots=True, kw_only=True)
class Office:
    """A house with its clocks: ``clock`` is the legal one, ``wall`` the one by which sessions grow old."""

    house: House
    clock: ManualClock
    wall: ManualClock
    app: Flask

    def visitor(self, login: str | None = None) -> Visitor:
        """Somebody before the screen, signed in as *login* if given."""
        visitor = Visitor(self.app.test_client())
        if login is not None:
            visitor.sign_in(login, PASSWORD)
        return visitor

    def actor(self, login: str) -> Actor:
        """The member of staff who signs in as *login*."""
        on = legal_date(self.clock.now())
        with self.house.store.reading() as desk:
            directory = desk.directory()
        person = next(one.id for one in directory.people.values() if one.login == login)
        return directory.actor_for(person, directory.organs_of(person, on)[0].id, on)

    def files(self, login: str, **narrowed: object) -> tuple[FileRow, ...]:
        """The files that *login* may see."""
        on = legal_date(self.clock.now())
        with self.house.store.reading() as desk:
            return desk.files(self.actor(login), on=on, page_size=200, **narrowed).rows

    def version(self, petition: str) -> int:
        """The version of a file."""
        with self.house.store.reading() as desk:
            return desk.load(petition).version


class Visitor:
    """A browser without JavaScript. Every page it is shown is checked."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def sign_in(self, login: str, password: str) -> TestResponse:
        """Try to sign in."""
        return self.post("/sign-in", {"login": login, "password": password}, from_page="/sign-in")

    def get(self, address: str, status: int = 200) -> Paper:
        """The page at *address*, which must answer with *status* and be a good page."""
        return checked(self.client.get(address), status)

    def post(
        self, address: str, answers: Mapping[str, object], *, from_page: str = "/calculator"
    ) -> TestResponse:
        """Send *answers* to *address* with the token of a page."""
        return self.client.post(address, data={"csrf_token": self.token(from_page), **answers})

    def token(self, page: str = "/calculator") -> str:
        """The token of the forms of this session."""
        return Paper(self.client.get(page).get_data(as_text=True)).value_of("csrf_token")

    def fill(
        self, page: str, answers: Mapping[str, object], *, asking: str = "key", **button: str
    ) -> TestResponse:
        """Open *page*, fill *answers* into its form that asks *asking*, and press *button*."""
        form = self.get(page).form(asking)
        return self.send(form, {**answers, **button}, page)

    def send(self, form: Sheet, answers: Mapping[str, object], page: str = "") -> TestResponse:
        """Send *form* of *page* with *answers*; where that leads to a page that asks for confirmation, that page."""
        answer = self.client.post(form.action or page, data={**form.values, **answers})
        if answer.status_code == 302 and "/confirm?" in answer.location:
            return self.client.get(answer.location)
        return answer


def lived_in(data: Path) -> Path:
    """The data directory of a demonstration office with petitions at every stage."""
    settings = Settings(data=data, database_url=sqlite_url(data / "petition.db"))
    found(settings, petitions=PETITIONS, until=ManualClock(NOW))
    return data


def copied(lived_in: Path, data: Path, *, demonstration: bool = False) -> Office:
    """An office of one's own with the petitions of *lived_in*."""
    shutil.copytree(lived_in, data)
    clock, wall = ManualClock(NOW), ManualClock(NOW)
    house = open_house(
        Settings(data=data, database_url=sqlite_url(data / "petition.db")),
        clock=TurnedClock(clock, timedelta()) if demonstration else clock,
    )
    app = create_app(house, wall=wall)
    app.config[REPLAY_SECONDS] = LONG
    return Office(house=house, clock=clock, wall=wall, app=app)
