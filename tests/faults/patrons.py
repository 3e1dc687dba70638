"""Clerks before screens: each sends a page again, as it stands, until somebody answers it."""

from __future__ import annotations

import http.client
import random
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from engine.demo.organs import read_office
from tests.faults.journal import Told
from tests.faults.served import HOST, PATIENCE, Web
from tests.stories.pages import Page, PageForm

PASSWORD = read_office().password
BUREAU = "county.housing"
MOST_TRIES = 50
"""More than there are blows: the doors are closed before each, so that every blow costs a request one try."""
TOO_LATE = frozenset({404, 409})
"""What is said to who comes second: the step is done, or the file has changed."""
_PETITION = re.compile(r"/petitions/(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the web said."""

    status: int
    location: str
    text: str

    @property
    def page(self) -> Page:
        """The page that it shows."""
        assert self.status == 200, f"expected a page, found {self.status}: {self.text[-2000:]}"
        return Page(self.text)


@dataclass(slots=True)
class Ledger:
    """What the clerks know together. ``sent`` is released for each form that is about to be sent."""

    told: Told = field(default_factory=lambda: Told(sent=set(), done={}, refused={}))
    matters: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)
    sent: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    over: threading.Event = field(default_factory=threading.Event)


class Screen:
    """A browser of one person. What was not answered is sent again, the same to the letter."""

    def __init__(self, web: Web, ledger: Ledger) -> None:
        self._web = web
        self._ledger = ledger
        self._cookies: SimpleCookie = SimpleCookie()

    def get(self, address: str) -> Answer:
        """The answer to a look."""
        return self._until_answered("GET", address, None)

    def post(self, form: PageForm, *button: str) -> Answer:
        """The answer to *form*, sent with *button* pressed."""
        body = urlencode(form.sent((button[0], button[1]) if button else None), doseq=True)
        self._ledger.sent.release()
        return self._until_answered("POST", form.action, body)

    def _until_answered(self, method: str, address: str, body: str | None) -> Answer:
        for _ in range(MOST_TRIES):
            self._web.wait_until_open()
            try:
                return self._once(method, address, body)
            except (OSError, http.client.HTTPException):
                self._ledger.acts["repeated" if body else "looked again"] += 1
        raise AssertionError(f"nobody answers {method} {address}: {self._web.said[-30:]}")

    def _once(self, method: str, address: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{k}={v.coded_value}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(HOST, self._web.port, timeout=PATIENCE)
        try:
            connection.request(method, address, body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        assert answer.status < 500, f"{method} {address}: {answer.status}: {self._web.said[-30:]}"
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self._cookies.load(cookie)
        return Answer(status=answer.status, location=answer.getheader("Location", ""), text=text)


class Clerk:
    """Someone who signs in, registers, sorts and forwards, and turns the demonstration's clock now and then."""

    def __init__(self, web: Web, ledger: Ledger, *, login: str, person: str, seed: int) -> None:
        self._web = web
        self._ledger = ledger
        self._login = login
        self._person = person
        self._dice = random.Random(seed)
        self._screen = Screen(web, ledger)

    def work(self) -> None:
        """Do one thing after another until it is over."""
        self._sign_in()
        while not self._ledger.over.is_set():
            roll = self._dice.random()
            if roll < 0.1:
                self._sign_in()
            elif roll < 0.2:
                self._turn_the_clock()
            elif roll < 0.45 or not self._ledger.matters:
                self._register()
            else:
                self._move_on(self._dice.choice(self._ledger.matters))

    def _sign_in(self) -> None:
        self._screen = Screen(self._web, self._ledger)
        form = self._screen.get("/sign-in").page.form(asking="password")
        form.fill("login", [self._login])
        form.fill("password", [PASSWORD])
        answer = self._screen.post(form)
        assert answer.status == 302, f"{self._login} was not let in: {answer.status}"
        self._ledger.acts["sign in"] += 1

    def _turn_the_clock(self) -> None:
        form = self._screen.get("/register").page.form(asking="date")
        answer = self._screen.post(form, "to", "next")
        # Nothing may be running yet, and then there is nothing to which the clock could be turned.
        assert answer.status in {302, 422}, f"the clock did not turn: {answer.status}"

    def _register(self) -> None:
        form = self._screen.get("/register").page.form(asking="key")
        for name, value in {
            "f-channel": "letter",
            "f-category": "grievance",
            "f-title": "路灯长期不亮",
            "f-content": "演示材料:演示路的路灯三个月不亮。",
            "f-demands": "修复路灯",
            "f-petitioner_name": "演示甲",
            "f-petitioner_address": "测试县演示路1号",
        }.items():
            form.fill(name, [value])
        if petition := self._deed("register", form, "register"):
            self._ledger.matters.append(petition)

    def _move_on(self, petition: str) -> None:
        """Sort the matter or forward it, whichever the page of its file offers."""
        page = self._screen.get(f"/petitions/{petition}").page
        if link := page.link_to("/do/sort"):
            answers = {"f-disposition": "forward", "f-reason": "属于有权处理机关的职权范围"}
            self._act("sort", link, answers)
        elif link := page.link_to("/do/forward"):
            self._act("forward", link, {"f-organ": BUREAU, "f-materials": "信访材料一份"})
        elif petition in self._ledger.matters:
            self._ledger.matters.remove(petition)

    def _act(self, act: str, link: str, answers: dict[str, str]) -> None:
        asked = self._screen.get(link)
        if asked.status in TOO_LATE:
            return
        form = asked.page.form(asking="key")
        for name, value in answers.items():
            form.fill(name, [value])
        shown = self._screen.post(form, "phase", "preview")
        if shown.status == 302 and "/confirm?" in shown.location:
            shown = self._screen.get(shown.location)
        if shown.status not in TOO_LATE:
            self._deed(act, shown.page.form(asking="key"), "confirm")

    def _deed(self, act: str, form: PageForm, phase: str) -> str | None:
        """Send the page that does it, and note what became of it. Returns the petition, None where it was refused."""
        key = f"web:{self._person}:{form.sent()['key'][0]}"
        self._ledger.told.sent.add(key)
        answer = self._screen.post(form, "phase", phase)
        if answer.status in TOO_LATE:
            self._ledger.told.refused[key] = str(answer.status)
            return None
        found = _PETITION.match(answer.location)
        assert found, f"{act} ended with {answer.status} {answer.location}: {answer.text[-2000:]}"
        self._ledger.told.done[key] = {"petition": found[1]}
        self._ledger.acts[act] += 1
        return found[1]
