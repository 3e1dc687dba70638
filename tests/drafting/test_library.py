"""The library: a version is submitted, approved by another, in force from a day, and retired; a petition takes its day's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.bootstrap import House, deploy, open_house, shipped_source
from engine.clock import legal_date
from engine.drafting.library import Library, StepKind, VersionState
from engine.drafting.studio import SavedSince
from engine.errors import BadInput, DrawingRefused, NotFound, NotPermitted, Refused
from engine.petition.parties import Actor, Role
from engine.petition.versions import Plan, VersionStep
from engine.record import chain
from tests.acts.situations import PO
from tests.drafting.conftest import appointed
from tests.office.counters import Counter
from tests.office.test_versions import FORM, with_consultation

Designers = tuple[Actor, Actor]
HANDLING, CONSULT = "handling.bpmn", "forms/consult.toml"
ADMINISTRATOR = Actor(person="anna", organ=PO, roles=frozenset({Role.ADMINISTRATOR}))
CLERK = Actor(person="anna", organ=PO, roles=frozenset({Role.CLERK}))


@pytest.fixture
def library(crowded: Counter) -> Library:
    return crowded.house.library


def drawn(house: House, designer: Actor, *, form: bytes = FORM) -> str:
    """A draft with the consultation, to be submitted after its second revision."""
    draft = house.studio.new("增加会商", actor=designer)
    house.studio.save(draft, HANDLING, with_consultation().files[HANDLING], 0, actor=designer)
    house.studio.save(draft, CONSULT, form, 1, actor=designer)
    return draft


def submitted(house: House, designer: Actor, *, form: bytes = FORM) -> str:
    return house.library.submit(drawn(house, designer, form=form), 2, "试行", actor=designer)


def approved(house: House, designers: Designers, *, form: bytes = FORM) -> str:
    version = submitted(house, designers[0], form=form)
    house.library.decide(version, StepKind.APPROVE, actor=designers[1])
    return version


def today(counter: Counter) -> date:
    return legal_date(counter.clock.now())


def taken(counter: Counter) -> str:
    """The version that a petition takes which is registered now."""
    return counter.file(counter.registered()).procedure


def test_a_version_goes_from_draft_to_force_and_out_of_it(
    crowded: Counter, library: Library, designers: Designers
) -> None:
    shipped, old = shipped_source().digest, crowded.registered()
    version = submitted(crowded.house, designers[0])
    assert version == with_consultation().digest
    assert library.version(version).row.state is VersionState.SUBMITTED
    library.decide(version, StepKind.APPROVE, actor=designers[1], reason="同意")
    first = today(crowded) + timedelta(days=3)
    library.decide(version, StepKind.ENACT, actor=ADMINISTRATOR, from_day=first)
    assert library.version(version).row.next_day == first

    crowded.turn_to(first - timedelta(days=1))
    assert taken(crowded) == shipped
    crowded.turn_to(first)
    assert taken(crowded) == version
    assert crowded.file(old).procedure == shipped
    assert {(one.digest, one.state, one.running) for one in library.versions()} == {
        (version, VersionState.IN_FORCE, 1),
        (shipped, VersionState.SUPERSEDED, 2),
    }

    library.decide(shipped, StepKind.RETIRE, actor=designers[0], reason="不再使用")
    crowded.goes(old, "sort", "forward")
    assert library.version(shipped).open_to(designers[0]) == {}
    with crowded.house.store.reading() as desk:
        entries = desk.house_entries()
    told = [(one.act, one.person, one.inputs.get("reason")) for one in entries][-4:]
    assert told == [
        ("submit_procedure", "dina", "试行"),
        ("approve_procedure", "dirk", "同意"),
        ("enact_procedure", "anna", None),
        ("retire_procedure", "dina", "不再使用"),
    ]
    assert chain.verify_chain(entries)


def test_midnight_in_shanghai_is_when_a_version_begins(
    crowded: Counter, designers: Designers
) -> None:
    version = approved(crowded.house, designers)
    day = today(crowded) + timedelta(days=1)
    crowded.house.library.decide(version, StepKind.ENACT, actor=designers[0], from_day=day)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8)

    crowded.clock.turn_to(midnight - timedelta(seconds=1))
    assert taken(crowded) == shipped_source().digest
    crowded.clock.turn_to(midnight)
    assert taken(crowded) == version


def test_another_process_follows_without_a_restart(crowded: Counter, designers: Designers) -> None:
    other = Counter(open_house(crowded.house.settings, clock=crowded.clock))
    assert taken(other) == shipped_source().digest
    version = approved(crowded.house, designers)
    crowded.house.library.decide(
        version, StepKind.ENACT, actor=designers[0], from_day=today(crowded)
    )

    assert crowded.file(other.registered()).procedure == version
    other.house.store.close()


@pytest.mark.parametrize("as_whom", ["author", "submitter", "substitute", "clerk"])
def test_nobody_approves_what_they_had_a_hand_in(
    crowded: Counter, designers: Designers, as_whom: str
) -> None:
    dina, dirk = designers
    draft = drawn(crowded.house, dina)
    version = crowded.house.library.submit(draft, 2, actor=dirk)
    who = {
        "author": dina,
        "submitter": replace(dirk, roles=frozenset({Role.ADMINISTRATOR})),
        "substitute": replace(ADMINISTRATOR, stands_in_for="dina"),
        "clerk": CLERK,
    }[as_whom]

    with pytest.raises(NotPermitted):
        crowded.house.library.decide(version, StepKind.APPROVE, actor=who)
    assert crowded.house.library.version(version).row.state is VersionState.SUBMITTED
    crowded.house.library.decide(version, StepKind.APPROVE, actor=ADMINISTRATOR)


def test_what_is_sent_back_is_worked_on_and_submitted_again(
    crowded: Counter, library: Library, designers: Designers
) -> None:
    dina, dirk = designers
    draft = drawn(crowded.house, dina)
    version = library.submit(draft, 2, actor=dina)
    assert crowded.house.studio.drafts() == ()
    with pytest.raises(Refused, match="已提交"):
        crowded.house.studio.save(draft, CONSULT, b"", 2, actor=dina)
    with pytest.raises(BadInput):
        library.decide(version, StepKind.SEND_BACK, actor=dirk, reason="  ")
    library.decide(version, StepKind.SEND_BACK, actor=dirk, reason="缺少说明")

    assert library.version(version).row.state is VersionState.RETURNED
    with pytest.raises(Refused):
        library.decide(version, StepKind.APPROVE, actor=dirk)
    assert library.submit(draft, 2, actor=dina) == version
    assert library.version(version).row.state is VersionState.SUBMITTED


def test_what_the_check_refuses_is_neither_submitted_nor_approved(counter: Counter) -> None:
    dina, dirk = appointed(counter)
    draft = drawn(counter.house, dina, form=b"id = ")
    with pytest.raises(DrawingRefused):
        counter.house.library.submit(draft, 2, actor=dina)

    good = submitted(counter.house, dina)
    stricter = Library(
        store=counter.house.store,
        clock=counter.clock,
        studio=counter.house.studio,
        check=lambda files: counter.house.check({**files, CONSULT: b"id = "}),
    )
    with pytest.raises(DrawingRefused):
        stricter.decide(good, StepKind.APPROVE, actor=dirk)
    assert counter.house.library.version(good).row.state is VersionState.SUBMITTED


def test_only_what_differs_and_stands_as_it_was_seen_is_submitted(
    crowded: Counter, library: Library, designers: Designers
) -> None:
    dina = designers[0]
    empty = crowded.house.studio.new("无改动", actor=dina)
    with pytest.raises(Refused, match="完全相同"):
        library.submit(empty, 0, actor=dina)
    draft = drawn(crowded.house, dina)
    with pytest.raises(SavedSince):
        library.submit(draft, 1, actor=dina)
    with pytest.raises(NotPermitted):
        library.submit(draft, 2, actor=ADMINISTRATOR)
    with pytest.raises(NotFound):
        library.version("none")


def test_several_days_can_be_set_changed_and_withdrawn(
    crowded: Counter, library: Library, designers: Designers
) -> None:
    one = approved(crowded.house, designers)
    two = approved(
        crowded.house, designers, form=FORM.replace("会商记录".encode(), "记录".encode())
    )
    now, dina = today(crowded), designers[0]
    library.decide(one, StepKind.ENACT, actor=dina, from_day=now + timedelta(days=5))
    library.decide(two, StepKind.ENACT, actor=dina, from_day=now + timedelta(days=10))
    library.decide(one, StepKind.ENACT, actor=dina, from_day=now + timedelta(days=7))
    for day in (None, now - timedelta(days=1)):
        with pytest.raises(BadInput):
            library.decide(one, StepKind.ENACT, actor=dina, from_day=day)
    with crowded.house.store.reading() as desk:
        assert desk.plan().coming(now) == (
            (now + timedelta(days=7), one),
            (now + timedelta(days=10), two),
        )
    library.decide(two, StepKind.REVOKE, actor=dina, reason="推迟")
    crowded.turn_to(now + timedelta(days=11))

    assert taken(crowded) == one
    assert library.version(two).row.state is VersionState.APPROVED
    with pytest.raises(Refused):  # the version in force can only be followed by another
        library.decide(one, StepKind.RETIRE, actor=dina, reason="停用")


def test_a_program_of_another_version_overrules_no_drawing_of_the_office(
    crowded: Counter, library: Library, designers: Designers
) -> None:
    version = approved(crowded.house, designers)
    library.decide(version, StepKind.ENACT, actor=designers[0], from_day=today(crowded))
    newer = shipped_source().with_files({"documents/document.css": b"p { margin: 0 }"})

    kept = deploy(crowded.house.store, newer, crowded.house.vocabulary, crowded.clock)

    assert kept == version == taken(crowded)
    assert library.version(newer.digest).row.state is VersionState.APPROVED
    library.decide(newer.digest, StepKind.ENACT, actor=designers[1], from_day=today(crowded))
    assert taken(crowded) == newer.digest


@pytest.mark.parametrize(
    "harm",
    [
        "update procedure_file set content = ''", "delete from procedure_file", "update procedure set title = 'x'",
        "update procedure_step set reason = 'x'", "delete from procedure_step", "delete from procedure_author",
    ],
)  # fmt: skip
def test_versions_and_decisions_are_written_once(
    crowded: Counter, designers: Designers, harm: str
) -> None:
    submitted(crowded.house, designers[0])
    with pytest.raises(DBAPIError), crowded.house.store.engine.begin() as connection:
        connection.execute(text(harm))


# ---- the plan ------------------------------------------------------------------------------------------------------


def decided(*said: tuple[str, StepKind, int, int | None]) -> Iterator[VersionStep]:
    """Decisions: about which version, what, on which day of the month, from which day."""
    for entry, (version, kind, on, since) in enumerate(said, start=1):
        yield VersionStep(
            entry=entry, version=version, kind=kind, person="dina", at=datetime(2026, 3, on, 4, tzinfo=UTC),
            from_day=None if since is None else date(2026, 3, since),
        )  # fmt: skip


def test_of_two_versions_from_one_day_the_later_decision_holds() -> None:
    plan = Plan.of(
        decided(
            ("a", StepKind.ENACT, 2, 5), ("b", StepKind.ENACT, 3, 5), ("c", StepKind.ENACT, 4, 4)
        )
    )
    reigns = [plan.in_force(date(2026, 3, day)) for day in (3, 4, 5, 30)]

    assert reigns == [None, "c", "b", "b"]


def test_retiring_takes_back_what_has_not_come_yet_and_nothing_that_was() -> None:
    plan = Plan.of(
        decided(
            ("a", StepKind.ENACT, 2, 2), ("b", StepKind.ENACT, 3, 4), ("a", StepKind.ENACT, 5, 20),
            ("a", StepKind.RETIRE, 6, None),
        )
    )  # fmt: skip

    assert plan.in_force(date(2026, 3, 3)) == "a"
    assert plan.in_force(date(2026, 3, 25)) == "b"
    assert plan.state("a", date(2026, 3, 25)) is VersionState.RETIRED
    assert plan.state("b", date(2026, 3, 3)) is VersionState.SCHEDULED
    assert plan.state("none", date(2026, 3, 3)) is None
