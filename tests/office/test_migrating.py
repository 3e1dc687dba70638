"""A file is carried over to another version by one entry of its own chain; no deadline, no claim and no number is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.bootstrap import shipped_source
from engine.errors import NotCarried, NotOffered
from engine.office.crossing import Outcome
from engine.office.migrating import MIGRATE, Migrating, Order, Route
from engine.petition.entries import EntryKind
from engine.petition.parties import Actor, Role
from engine.procedure import Source
from tests.audit.test_replay import different
from tests.office.counters import Counter
from tests.office.test_people import investigated
from tests.office.test_versions import with_consultation

ADA = Actor(person="ada", organ="po", roles=frozenset({Role.ADMINISTRATOR}))


def renamed_step() -> Source:
    """The shipped procedure with another name for the investigation."""
    drawing = shipped_source().files["handling.bpmn"].replace(b'"investigate"', b'"look_into"')
    drawing = drawing.replace(b">investigate<", b">look_into<")
    drawing = drawing.replace(b'petition:act="look_into"', b'petition:act="investigate"')
    return shipped_source().with_files({"handling.bpmn": drawing})


RENAMED = {"investigate": "look_into"}


def route(source: Source, renamed: dict[str, str] | None = None) -> Route:
    return Route(before=shipped_source().digest, after=source.digest, renamed=renamed or {})


def order(way: Route, key: str = "m1") -> Order:
    return Order(route=way, actor=ADA, key=key, batch="b1", proposed_by="des")


def migrating(counter: Counter) -> Migrating:
    return Migrating(counter.house.office, counter.house.store)


def carry_over(counter: Counter, petition: str, given: Order) -> object:
    with counter.house.store.transaction() as paper:
        return migrating(counter).carry_over(paper, petition, given)


def at_the_investigation(counter: Counter) -> str:
    return counter.goes(counter.accepted(), "appoint", "hear_petitioner")


def test_a_file_is_carried_over_by_one_entry_and_keeps_all_its_deadlines(counter: Counter) -> None:
    petition = at_the_investigation(counter)
    counter.deploy(renamed_step())
    before, step = counter.file(petition), counter.step(petition, "investigate")
    way = route(renamed_step(), RENAMED)
    with counter.house.store.reading() as desk:
        planned = migrating(counter).plan(desk, petition, way)
    assert counter.file(petition) == before
    assert planned.outcome is Outcome.MOVED

    done = carry_over(counter, petition, order(way))

    after = counter.file(petition)
    assert done == planned
    assert (after.procedure, after.ledger, after.facts) == (way.after, before.ledger, before.facts)
    assert counter.step(petition, "look_into") == step
    entry = counter.entries(petition)[-1]
    assert (entry.kind, entry.act, entry.person) == (EntryKind.OFFICE, MIGRATE, "ada")
    assert entry.inputs == {
        "from": way.before, "to": way.after, "renamed": [["investigate", "look_into"]], "plan": planned.digest, "batch": "b1",
        "proposed_by": "des",
    }  # fmt: skip
    assert entry.versions["procedure"] == way.after
    assert different(counter.house) == {}


def test_the_file_goes_on_where_it_is_and_the_record_replays_across_the_change(
    counter: Counter,
) -> None:
    petition = at_the_investigation(counter)
    counter.deploy(with_consultation())
    carry_over(counter, petition, order(route(with_consultation())))

    counter.does("investigate", petition)
    assert counter.open_elements(petition) == {"consult"}
    command = counter.command("fill", petition, "carl", agreed="yes", minutes="演示")
    counter.perform(replace(command, step=counter.step(petition, "consult")))
    counter.goes(petition, "issue_opinion", "dispatch", "prove_service")

    versions = [one.versions["procedure"] for one in counter.entries(petition)]
    assert list(dict.fromkeys(versions)) == [shipped_source().digest, with_consultation().digest]
    assert different(counter.house) == {}


def test_the_way_back_is_the_same_way_the_other_way_round(counter: Counter) -> None:
    petition = at_the_investigation(counter)
    counter.deploy(renamed_step())
    before, steps = counter.file(petition), counter.open_elements(petition)
    way = route(renamed_step(), RENAMED)

    carry_over(counter, petition, order(way))
    carry_over(counter, petition, order(way.back(), key="m2"))

    after = counter.file(petition)
    assert (after.procedure, counter.open_elements(petition)) == (before.procedure, steps)
    assert (after.ledger, after.facts, after.seq) == (before.ledger, before.facts, before.seq + 2)
    assert different(counter.house) == {}


def test_the_same_order_twice_does_nothing_the_second_time(counter: Counter) -> None:
    petition = at_the_investigation(counter)
    counter.deploy(with_consultation())
    given = order(route(with_consultation()))
    carry_over(counter, petition, given)
    before = counter.everything()

    assert carry_over(counter, petition, given) is None
    assert counter.everything() == before


@pytest.mark.parametrize("why", ["gone", "elsewhere", "closed"])
def test_a_file_that_cannot_be_carried_over_stays_as_it_is(counter: Counter, why: str) -> None:
    petition = at_the_investigation(counter)
    counter.deploy(renamed_step())
    way = route(renamed_step(), RENAMED)
    given, fault = {
        "gone": (order(route(renamed_step())), NotCarried),
        "elsewhere": (order(way.back()), NotOffered),
        "closed": (order(way), NotOffered),
    }[why]
    if why == "closed":
        counter.does("withdraw", petition, "anna")
    before = counter.everything()

    with pytest.raises(fault):
        carry_over(counter, petition, given)

    assert counter.everything() == before


def test_who_has_taken_a_step_keeps_it_under_its_new_name(counter: Counter) -> None:
    petition = at_the_investigation(counter)
    claim = counter.command("claim", petition, "carl")
    counter.perform(replace(claim, step=counter.step(petition, "investigate")))
    counter.deploy(renamed_step())

    carry_over(counter, petition, order(route(renamed_step(), RENAMED)))

    with counter.house.store.reading() as desk:
        (item,) = desk.work(petition)
    assert (item.element, item.assignee) == ("look_into", "carl")


def test_a_step_that_is_now_for_somebody_else_is_handed_back(counter: Counter) -> None:
    source = with_consultation()
    drawing = source.files["handling.bpmn"].replace(
        b'form="consult" petition:role="clerk"', b'form="consult" petition:role="head"'
    )
    for_the_head = source.with_files({"handling.bpmn": drawing})
    counter.deploy(source)
    petition = investigated(counter)
    claim = counter.command("claim", petition, "carl")
    counter.perform(replace(claim, step=counter.step(petition, "consult")))
    counter.deploy(for_the_head)
    way = Route(before=source.digest, after=for_the_head.digest)
    with counter.house.store.reading() as desk:
        planned = migrating(counter).plan(desk, petition, way)
    assert [one.handed_back for one in planned.steps] == [True]

    carry_over(counter, petition, order(way))

    with counter.house.store.reading() as desk:
        (item,) = desk.work(petition)
    assert (item.role, item.assignee) == ("head", None)
