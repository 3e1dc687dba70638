"""An accusation leaves no trace for the accused (Arts. 22(2), 30(3), 46(5); traps 29 and 30).

The same office is lived through twice from the same seed, the second time with accusations besides: one against an organ,
one against a person, one of them overdue and supervised. Everything that the accused side and all others without the
right to sealed matters can get from the pages must be the same, byte for byte.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask.testing import FlaskClient

from engine.audit.events.taking import Form
from engine.bootstrap import put_in_force, shipped_source
from engine.clock import legal_date
from engine.demo.journeys import Journey, read_journeys
from engine.demo.organs import read_office
from engine.demo.travel import Caravan, Traveller
from engine.drafting.migration import Migrations, Route
from engine.settings import sqlite_url
from engine.store.queries.cases import Cases
from tests.office.test_migrating import RENAMED, renamed_step
from tests.stories.front_door import FrontDoor
from tests.stories.pages import Page
from tests.stories.worlds import START, World, new_world
from tests.traps.lots import LOTS, FatefulOffice

OFFICE = read_office()
COMMON = ("settled", "duty", "objection_agreed", "late_office", "silence")
AGAINST_AN_ORGAN, AGAINST_A_PERSON = "accusation", "accusation_against_a_person"
ACCUSED_ORGAN = ("housing.clerk", "housing.clerk2", "housing.head")
BELOW_IT = ("heating.clerk",)
ACCUSED_PERSON = ("labour.head",)
DAYS_LIVED = 50
SEARCHES = (
    "",
    "检举",
    "控告",
    "限制阅看",
    "工程发包",
    "信密",
    "虚报",
    "测试县住房和城乡建设局",
    "督",
    "1号",
)
BATCH = f"/designers/migration/{Random('migration').randbytes(8).hex()}"
"""The batch by which everything that runs is carried over, in both runs."""
LISTS = (
    "/", "/work", "/work?tab=mine", "/work?tab=unclaimed", "/work?tab=all", "/work?tab=supervision", "/work?tab=closed",
    "/work?tab=sealed", "/work?light=overdue", "/work?stage=supervision", "/oversight/supervision",
    "/oversight/supervision?state=closed", "/audit/verdict", "/audit/files", "/audit/files?limit=T1",
    "/audit/files?finding=overdue", "/audit/events", "/audit/steps", "/audit/ways?which=all", "/audit/holding",
    "/audit/samples", "/register", "/organ", "/guide", "/calculator", "/query",
    "/query/matter", "/admin/", "/designers/",
    "/designers/migration", BATCH, f"{BATCH}?outcome=kept", f"{BATCH}?result=carried",
)  # fmt: skip
PARTS = (
    "", "/timeline", "/papers", "/content", "/diagram", "/receipt", "/do/sort", "/do/withdraw", "/do/add_material",
    "/deadlines/T1/1", "/diagram/petition.bpmn", "/steps/1/hand-over", "/document.css",
)  # fmt: skip
_NONCE = re.compile(rb'name="(csrf_token|key|f-submission)" value="[^"]*"')
_UNLIKE = frozenset({"Set-Cookie", "Content-Length", "Date"})
MOST_PAGES = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One life of the office; ``secret`` are the ids of what only sealed readers may know."""

    world: World
    door: FrontDoor
    secret: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Run]]:
    """The office without and with the accusations."""
    with pytest.MonkeyPatch.context() as patch:
        LOTS.installed(patch)
        folder = tmp_path_factory.mktemp("runs")
        without = lived(folder / "without", ())
        with_accusations = lived(folder / "with", accusations())
        yield without, with_accusations
        without.world.store.close()
        with_accusations.world.store.close()


def accusations() -> tuple[Journey, ...]:
    """One against an organ that goes its way, and one against a person that is left lying until it is overdue."""
    journey = next(one for one in read_journeys() if one.id == "accusation")
    first = journey.stops[0]
    answers = {**first.answers, "title": "反映虚报冒领", "accused_person": "labour.head"}
    del answers["accused_organ"]
    left_lying = replace(
        journey,
        id=AGAINST_A_PERSON,
        stops=(replace(first, answers=answers), replace(journey.stops[1], after=30)),
        closings={},
    )
    return journey, left_lying


def lived(data: Path, further: tuple[Journey, ...]) -> Run:
    """An office in which the common journeys, and *further* ones, are under way."""
    LOTS.about("set-up")
    world = new_world(data, sqlite_url(data / "petition.db"), office=FatefulOffice)
    journeys = {one.id: one for one in read_journeys()}
    travellers = [
        Traveller(journey=journeys[id], serial=serial, starts=START)
        for serial, id in enumerate(COMMON)
    ]
    besides = [
        Traveller(journey=one, serial=20 + serial, starts=START)
        for serial, one in enumerate(further)
    ]
    end = world.clock.now() + timedelta(days=DAYS_LIVED)
    played = Caravan(world.house, world.clock).play([*besides, *travellers], until=end)
    assert [one.fault for one in played if one.fault] == []
    secret = tuple(id for one in besides for id in one.files.values())
    carry_over(world)
    return Run(
        world=world, door=FrontDoor(world.house), secret=(*secret, *supervisions(world, secret))
    )


def carry_over(world: World) -> None:
    """Carry all that runs over to another version, as a designer proposes and the administrator confirms."""
    house, after = world.house, renamed_step()
    LOTS.about("migration")
    put_in_force(world.store, after, house.vocabulary, house.clock)
    work = Migrations(house.office, world.store)
    route = Route(before=shipped_source().digest, after=after.digest, renamed=RENAMED)
    id = work.propose(route, actor=world.actor("designer"))
    assert BATCH.endswith(id)
    work.finish(id)
    work.confirm(id, actor=world.actor("admin"))
    work.finish(id)


def supervisions(world: World, about: tuple[str, ...]) -> tuple[str, ...]:
    """The files of the supervisions of *about*, found as one who may see everything would."""
    found = []
    for petition in about:
        for one in world.entries(petition):
            if one.act.startswith("clock:"):
                with world.store.reading() as desk:
                    key = f"supervise:{petition}:{one.inputs['deadline']}:{one.seq}"
                    receipt = desk.receipt(key)
                found += [receipt.petition] if receipt else []
    return tuple(found)


def seen(run: Run, login: str, addresses: tuple[str, ...], *, follow: bool) -> dict[str, object]:
    """What *login* gets at *addresses* and, with *follow*, at every address that these pages lead to."""
    screen = run.door.screen(login)
    found: dict[str, object] = {}
    waiting = list(addresses)
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        if address in found:
            continue
        found[address], links = look(screen, address)
        if follow:
            waiting += [link for link in links if link.startswith("/") and "/static/" not in link]
    return found


def look(screen: FlaskClient, address: str) -> tuple[object, list[str]]:
    """Status, headers and body at *address* but for what is drawn anew for every page, and its links."""
    answer = screen.get(address)
    body = _NONCE.sub(rb'name="\1" value=""', answer.get_data())
    headers = sorted((name, value) for name, value in answer.headers if name not in _UNLIKE)
    links = list(Page(body.decode()).links) if answer.mimetype == "text/html" and body else []
    return (answer.status_code, headers, body), links


def hidden(run: Run) -> tuple[str, ...]:
    """The addresses of what must not exist for those who may not know of it."""
    return tuple(f"/petitions/{id}{part}" for id in run.secret for part in PARTS)


def searches() -> tuple[str, ...]:
    return tuple(
        f"{list_}{word}" for list_ in ("/search?q=", "/work?tab=all&q=") for word in SEARCHES
    )


@pytest.mark.parametrize("login", [*ACCUSED_ORGAN, *BELOW_IT, *ACCUSED_PERSON])
def test_trap_29_the_accused_side_gets_the_same_bytes(runs: tuple[Run, Run], login: str) -> None:
    without, with_accusations = runs
    addresses = (*LISTS, *searches(), *hidden(with_accusations))

    first = seen(without, login, addresses, follow=True)
    second = seen(with_accusations, login, addresses, follow=True)

    assert list(first) == list(second)
    assert [address for address in first if first[address] != second[address]] == []
    assert len(first) > len(addresses)


@pytest.mark.parametrize(
    "login",
    sorted({one.person for one in OFFICE.appointments} - {one.person for one in OFFICE.appointments if one.sealed}
           - {*ACCUSED_ORGAN, *BELOW_IT, *ACCUSED_PERSON, "utilities.clerk"}),
)  # fmt: skip
def test_trap_29_nobody_without_the_right_to_sealed_matters_gets_a_hint(
    runs: tuple[Run, Run], login: str
) -> None:
    without, with_accusations = runs
    addresses = (*LISTS, *searches(), *hidden(with_accusations))

    first = seen(without, login, addresses, follow=False)
    second = seen(with_accusations, login, addresses, follow=False)

    assert [address for address in first if first[address] != second[address]] == []


@pytest.mark.parametrize("form", Form)
def test_trap_29_an_event_log_without_the_right_holds_no_trace(
    runs: tuple[Run, Run], form: Form
) -> None:
    logs = []
    for run in runs:
        house, out = run.world.house, io.BytesIO()
        now = house.clock.now()
        with house.store.reading() as desk:
            directory = desk.directory()
        person = next(one.id for one in directory.people.values() if one.login == "auditor")
        organ = directory.organs_of(person, legal_date(now))[0].id
        viewer = directory.actor_for(person, organ, legal_date(now))
        house.event_logs.take(viewer, Cases(), form, out, now=now)
        logs.append(out.getvalue())

    assert logs[0] == logs[1]
    assert len(logs[0]) > 10_000


@pytest.mark.parametrize(
    "login", ["housing.clerk", "housing.clerk2", "heating.clerk", "county.clerk2"]
)
def test_trap_29_the_duplicate_hint_keeps_silent(runs: tuple[Run, Run], login: str) -> None:
    answers = {
        "f-channel": "letter", "f-category": "grievance", "f-title": "反映工程发包问题", "f-content": "同一事项",
        "f-petitioner_name": "演示甲", "f-phone": "000-0000-0001",
    }  # fmt: skip
    bodies = []
    for run in runs:
        screen = run.door.screen(login)
        form = Page(screen.get("/register").get_data(as_text=True)).form(asking="key")
        sent = {**form.sent(("phase", "duplicates")), **answers}
        answer = screen.get(screen.post("/register", data=sent).location)
        assert b"similar-title" in answer.get_data()
        key = sent["key"][0].encode()
        bodies.append((answer.status_code, _NONCE.sub(rb"", answer.get_data()).replace(key, b"")))

    assert bodies[0] == bodies[1]


def test_the_comparison_can_fail(runs: tuple[Run, Run]) -> None:
    """Somebody who may see sealed matters sees the difference, so there is one to be seen."""
    without, with_accusations = runs
    addresses = ("/work?tab=sealed", f"/petitions/{with_accusations.secret[0]}")

    first = seen(without, "county.clerk", addresses, follow=False)
    second = seen(with_accusations, "county.clerk", addresses, follow=False)

    assert all(first[address] != second[address] for address in addresses)
    assert len(with_accusations.secret) == 3
