"""The pages as a door of the office: signs people in, follows links, fills in forms, confirms, and reads refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.bootstrap import House
from engine.demo.organs import read_office
from engine.errors import BadInput, DataError, NotFound, NotPermitted, Refused
from engine.petition.commands import Command
from engine.petition.forms import FieldKind
from engine.text import Text
from tests.stories.pages import Page, PageForm
from web.app import create_app

PASSWORD = read_office().password
_ARTICLE = re.compile(r"第(\d+)条((?:\(\d+\))*)")
_PETITION = re.compile(r"/petitions/([^/?]+)")


class FrontDoor:
    """People at their screens: each signs in once and then works through pages alone."""

    def __init__(self, house: House, app: Flask | None = None) -> None:
        self._house = house
        self._app = app or create_app(house)
        self._screens: dict[str, FlaskClient] = {}

    def perform(self, command: Command) -> str:
        """Have *command* carried out as its actor would, and return the petition's id."""
        try:
            return self._worked_through(command)
        except AssertionError as lost:
            raise DataError(Text(str(lost), str(lost))) from lost

    def _worked_through(self, command: Command) -> str:
        screen = self.screen(command.actor.person)
        if command.act == "open_supervision":
            done = self._supervised(screen, command)
        elif command.petition is None:
            form = shown(screen.get("/register")).form(asking="key")
            self._fill(form, command.act, command.answers)
            done = screen.post(form.action, data=form.sent(("phase", "register")))
        else:
            form = self._questions(screen, command, command.petition)
            self._fill(form, command.act, command.answers)
            preview = form.sent(("phase", "preview"))
            before = shown(screen.post(form.action, data=preview, follow_redirects=True))
            form = before.form(asking="key")
            done = screen.post(form.action, data=form.sent(("phase", "confirm")))
        _must_be_fine(done)
        assert done.status_code == 302, f"{command.act} ended with {done.status_code}"
        found = _PETITION.search(done.location)
        assert found, f"{command.act} led to {done.location}"
        return found[1]

    def screen(self, login: str) -> FlaskClient:
        """The browser of *login*, signed in."""
        if login not in self._screens:
            client = self._screens[login] = self._app.test_client()
            form = shown(client.get("/sign-in")).form(asking="password")
            form.fill("login", [login])
            form.fill("password", [PASSWORD])
            answer = client.post(form.action, data=form.sent())
            assert answer.status_code == 302, f"{login} was not let in"
        return self._screens[login]

    def _questions(self, screen: FlaskClient, command: Command, petition: str) -> PageForm:
        """The act's page, by the link on the file's page; without one, whatever the address itself answers."""
        page = shown(screen.get(f"/petitions/{petition}"))
        act = f"/petitions/{petition}/do/{command.act}"
        link = page.link_to(act)
        asked = shown(screen.get(link or act))
        assert link is not None, f"the file's page shows no way to {command.act}"
        return asked.form(asking="key")

    def _supervised(self, screen: FlaskClient, command: Command) -> TestResponse:
        """A supervision opened by hand, from the page of the petition that it is about."""
        answers = {name: value for name, value in command.answers.items() if name != "about"}
        page = shown(screen.get(f"/petitions/{command.answers['about']}"))
        link = page.link_to("/supervise/")
        assert link is not None, "the file's page shows no way to supervise"
        form = shown(screen.get(link)).form(asking="key")
        self._fill(form, command.act, answers)
        return screen.post(form.action, data=form.sent())

    def _fill(self, form: PageForm, act: str, answers: Mapping[str, object]) -> None:
        questions = {one.name: one for one in self._house.acts[act].form.fields}
        for name, value in answers.items():
            kind = questions[name].kind
            if kind is FieldKind.CHOICES:
                values = str(value).split(",")
            elif kind is FieldKind.BOOLEAN:
                values = ["true"] if value else []
            elif kind is FieldKind.PETITION:
                values = [self._number(str(value))]
            else:
                values = [str(value)]
            form.fill(f"f-{name}", values)

    def _number(self, petition: str) -> str:
        with self._house.store.reading() as desk:
            return desk.load(petition).number


def shown(answer: TestResponse) -> Page:
    """The page that *answer* shows. Raises what the page says against it."""
    _must_be_fine(answer)
    assert answer.status_code == 200, (
        f"expected a page, found {answer.status} at {answer.request.path}"
    )
    return Page(answer.get_data(as_text=True))


def _must_be_fine(answer: TestResponse) -> None:
    if answer.status_code < 400:
        return
    page = Page(answer.get_data(as_text=True))
    words = " ".join(page.errors()) or page.text
    text = Text(words, words)
    assert answer.status_code < 500, words
    if answer.status_code == 422:
        raise BadInput({"": text})
    articles = _ARTICLE.findall(words)
    kind = {404: NotFound, 403: NotPermitted}.get(answer.status_code, Refused)
    raise kind(text, article="".join(articles[-1]) if articles else None)
