"""What the page of a trial shows: gathered while the private office is held, so that the page itself only reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.drafting.scenarios.rehearsal import Look, Rehearsal
from engine.drafting.scenarios.scenario import (
    MAIN,
    SUPERVISION,
    Deed,
    Move,
    OnDays,
    ToDay,
    ToInstant,
    ToNext,
)
from engine.drafting.scenarios.trials import Trial
from engine.errors import NotFound
from engine.office import Offers
from engine.people.directory import Directory
from engine.petition.deadlines import Deadline
from engine.petition.parties import Actor
from engine.text import Text
from web.desk.position import Chart, Drawn
from web.house import house
from web.language import say
from web.wording import act_title, limit_title, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step that waits, and who may do it."""

    id: int
    element: str
    name: str
    act: str
    able: tuple[Actor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One moment of a trial. ``look`` is None before anything was registered; ``acting`` is whose offers are shown."""

    now: datetime
    today: date
    next_due: datetime | None
    files: tuple[str, ...]
    file: str
    look: Look | None
    steps: tuple[OpenStep, ...]
    people: tuple[Actor, ...]
    acting: str | None
    offers: Offers | None
    directory: Directory
    drawn: tuple[Drawn, ...]
    deadlines: tuple[Deadline, ...]

    def person(self, login: str) -> str:
        """A made-up member of staff with their organ."""
        organs = self.directory.organs_of(login, self.today)
        organ = say(organs[0].name) if organs else "—"
        return f"{self.directory.person(login).name} · {organ}"

    def day_of(self, row: Deadline) -> int:
        """Which day of a deadline it is today."""
        return (self.today - row.started_on).days


def scene_of(trial: Trial, file: str, acting: str | None) -> Scene:
    """The scene of *trial*, looking at *file* as *acting* (a login)."""
    rehearsal = trial.rehearsal
    office = rehearsal.office
    look = _look(rehearsal, file)
    steps = _steps(trial, look) if look else ()
    people = rehearsal.concerned(look) if look else rehearsal.openers("register")
    logins = [one.person for one in people]
    first = next((one.person for step in steps for one in step.able), None)
    chosen = acting if acting in logins else first or (logins[0] if logins else None)
    return Scene(
        now=office.clock.now(),
        today=office.today,
        next_due=office.next_due(),
        files=tuple(rehearsal.files),
        file=look.name if look else MAIN,
        look=look,
        steps=steps,
        people=people,
        acting=chosen,
        offers=_offers(rehearsal, look, chosen),
        directory=office.directory,
        drawn=_drawn(trial, look) if look else (),
        deadlines=_in_order(look) if look else (),
    )


def move_words(move: Move) -> str:
    """A move in one line."""
    parts = []
    match move.turn:
        case ToNext():
            parts.append(say(Text("拨到下一个期限届满", "clock to the next limit")))
        case OnDays(days=days):
            parts.append(say(Text("往后{n}天", "{n} days on").filled(n=days)))
        case ToDay(limit=limit, day=number):
            words = Text("拨到{limit}第{n}日", "clock to day {n} of {limit}")
            parts.append(say(words.filled(limit=limit_title(limit), n=number)))
        case ToInstant(at=at):
            parts.append(say(Text("拨到{at}", "clock to {at}").filled(at=moment(at))))
    if move.deed is not None:
        parts.append(_deed_words(move.deed))
    return ";".join(parts) or say(Text("核对", "look"))


def file_words(name: str) -> str:
    """What a page calls the file that a scenario calls *name*."""
    if name == MAIN:
        return say(Text("信访事项", "petition"))
    if name.startswith(SUPERVISION):
        words = Text("督办:{limit}", "supervision: {limit}")
        return say(words.filled(limit=limit_title(name.removeprefix(SUPERVISION))))
    return name


def _deed_words(deed: Deed) -> str:
    name = deed.form if deed.free else act_title(deed.act)
    words = f"{name}({deed.by})" + (f" · {deed.file}" if deed.file != MAIN else "")
    if deed.refused is None:
        return words
    return words + say(Text(":应被拒绝", ": to be refused"))


def _look(rehearsal: Rehearsal, file: str) -> Look | None:
    try:
        return rehearsal.look(file)
    except NotFound:
        return rehearsal.look() if MAIN in rehearsal.files else None


def _steps(trial: Trial, look: Look) -> tuple[OpenStep, ...]:
    """The open steps; of those who may do one, whoever usually does it comes first, and who stands in for another last."""
    usual = house().trials.offices.usual.with_tables({"cast": trial.scenario.cast})
    return tuple(
        OpenStep(
            id=step.id,
            element=step.element,
            name=step.name,
            act=step.act or "fill",
            able=tuple(
                sorted(
                    trial.rehearsal.able(look, step),
                    key=lambda one: (one.person != usual.doer(step.act), one.stands_in_for or ""),
                )
            ),
        )
        for step in look.steps
    )


def _offers(rehearsal: Rehearsal, look: Look | None, login: str | None) -> Offers | None:
    if look is None or login is None:
        return None
    try:
        return rehearsal.offers(look.name, login)
    except NotFound:
        return None


def _drawn(trial: Trial, look: Look) -> tuple[Drawn, ...]:
    chart = Chart(trial.rehearsal.office.procedure)
    return chart.drawn(look.file.process, {step.element for step in look.steps}, look.passed)


def _in_order(look: Look) -> tuple[Deadline, ...]:
    """What runs first, by its day; then what is over, newest first."""
    live = [row for row in look.file.ledger if row.open]
    live.sort(key=lambda row: row.legal_due or date.max)
    over = [row for row in look.file.ledger if not row.open]
    return (*live, *reversed(over))
