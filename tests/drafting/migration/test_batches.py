"""A batch is proposed, planned, confirmed by a second person and carried out file by file; it can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.bootstrap import shipped_source
from engine.drafting.migration import Route, read_renaming, suggested
from engine.errors import BadInput, NotFound, NotOffered, NotPermitted, Refused
from engine.office.migrating import MIGRATE
from engine.petition.entries import EntryKind
from engine.petition.parties import SYSTEM
from engine.petition.versions import StepKind
from engine.procedure import load
from engine.store.queries.migrations import gists, migration_of, migrations
from tests.acts.situations import HOUSING
from tests.audit.test_replay import different
from tests.drafting.migration.conftest import IVAN, Drafting
from tests.drafting.migration.redrawn import RENAMED, first_version, second_version
from tests.office.test_migrating import RENAMED as ONE_RENAMED
from tests.office.test_migrating import at_the_investigation, renamed_step
from tests.office.test_versions import with_consultation


def test_a_batch_is_planned_confirmed_carried_out_and_taken_back(on_both: Drafting) -> None:
    counter = on_both.counter
    here, there = counter.registered(), at_the_investigation(counter)
    before = {id: counter.file(id) for id in (here, there)}

    id = on_both.proposed(renamed_step(), ONE_RENAMED)
    planned = on_both.files(id)
    assert [planned[one].outcome for one in (here, there)] == ["kept", "moved"]
    assert [counter.file(one) for one in (here, there)] == list(before.values())
    on_both.migrations.confirm(id, actor=on_both.actor("root"))
    on_both.migrations.finish(id)
    assert {one.result for one in on_both.files(id).values()} == {"carried"}
    assert {counter.file(one).procedure for one in before} == {renamed_step().digest}

    back = on_both.migrations.undo(id, actor=on_both.actor("dina"))
    on_both.migrations.finish(back)
    on_both.migrations.confirm(back, actor=on_both.actor("dave"))
    on_both.migrations.finish(back)

    for one, file in before.items():
        after = counter.file(one)
        assert (after.procedure, after.ledger, after.facts) == (file.procedure, file.ledger, file.facts)  # fmt: skip
        assert [entry.act for entry in counter.entries(one)[-2:]] == [MIGRATE, MIGRATE]
    assert counter.open_elements(there) == {"investigate"}
    assert different(counter.house) == {}


def test_each_decision_is_an_entry_of_the_house_and_each_carrying_over_one_of_the_file(
    drafting: Drafting,
) -> None:
    petition = drafting.counter.registered()

    id = drafting.done(with_consultation())

    with drafting.counter.house.store.reading() as desk:
        told = [(one.act, one.person) for one in desk.house_entries()[-2:]]
        assert {one.inputs["batch"] for one in desk.house_entries()[-2:]} == {id}
    assert told == [("propose_migration", "dave"), ("confirm_migration", "root")]
    entry = drafting.counter.entries(petition)[-1]
    assert (entry.kind, entry.act, entry.person, entry.inputs["proposed_by"]) == (
        EntryKind.OFFICE, MIGRATE, "root", "dave",
    )  # fmt: skip


# ---- who may ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["anna", "root"])
def test_nobody_but_a_designer_proposes(drafting: Drafting, who: str) -> None:
    drafting.counter.deploy(with_consultation())
    way = Route(before=shipped_source().digest, after=with_consultation().digest)
    before = drafting.counter.everything()

    with pytest.raises(NotPermitted):
        drafting.migrations.propose(way, actor=drafting.actor(who))

    assert drafting.counter.everything() == before


@pytest.mark.parametrize(("who", "allowed"), [("dave", False), ("anna", False), ("dina", True), ("root", True)])  # fmt: skip
def test_an_administrator_or_a_second_designer_confirms(
    drafting: Drafting, who: str, allowed: bool
) -> None:
    drafting.counter.registered()
    id = drafting.proposed(with_consultation())

    if allowed:
        drafting.migrations.confirm(id, actor=drafting.actor(who))
    else:
        with pytest.raises(NotPermitted):
            drafting.migrations.confirm(id, actor=drafting.actor(who))

    drafting.migrations.finish(id)
    assert drafting.counted(id) == (1, 1, 1 if allowed else 0)


def test_what_is_withdrawn_can_be_confirmed_no_more(drafting: Drafting) -> None:
    drafting.counter.registered()
    id = drafting.proposed(with_consultation())

    drafting.migrations.withdraw(id, actor=drafting.actor("dave"))

    for decide in (drafting.migrations.confirm, drafting.migrations.withdraw):
        with pytest.raises(NotOffered):
            decide(id, actor=drafting.actor("root"))
    with pytest.raises(NotOffered):
        drafting.migrations.undo(id, actor=drafting.actor("dave"))
    with pytest.raises(NotFound):
        drafting.migrations.confirm("none", actor=drafting.actor("root"))


def test_a_batch_that_is_not_planned_yet_cannot_be_confirmed(drafting: Drafting) -> None:
    drafting.counter.registered()
    drafting.counter.deploy(with_consultation())
    way = Route(before=shipped_source().digest, after=with_consultation().digest)
    id = drafting.migrations.propose(way, actor=drafting.actor("dave"))

    with pytest.raises(NotOffered):
        drafting.migrations.confirm(id, actor=drafting.actor("root"))


@pytest.mark.parametrize(
    ("way", "field"),
    [
        (Route(before="0" * 64, after=shipped_source().digest), "before"),
        (Route(before=shipped_source().digest, after="0" * 64), "after"),
        (Route(before=shipped_source().digest, after=shipped_source().digest), "after"),
    ],
)
def test_a_way_that_leads_nowhere_is_bad_input(drafting: Drafting, way: Route, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        drafting.migrations.propose(way, actor=drafting.actor("dave"))

    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize("state", ["submitted", "returned", "retired"])
def test_nobody_is_carried_over_to_a_version_that_is_not_approved_or_retired(
    drafting: Drafting, state: str
) -> None:
    drafting.counter.registered()
    steps = {
        "submitted": (StepKind.SUBMIT,),
        "returned": (StepKind.SUBMIT, StepKind.SEND_BACK),
        "retired": (StepKind.SHIP, StepKind.RETIRE),
    }[state]
    kept, now = with_consultation(), drafting.counter.clock.now()
    with drafting.counter.house.store.transaction() as paper:
        paper.keep_procedure(kept.files, digest=kept.digest, actor=SYSTEM, now=now)
        for step in steps:
            paper.decide(kept.digest, step, actor=SYSTEM, now=now)
    way = Route(before=shipped_source().digest, after=kept.digest)

    with pytest.raises(Refused, match="批准"):
        drafting.migrations.propose(way, actor=drafting.actor("dave"))


def test_what_was_carried_over_can_be_taken_back_to_a_version_that_was_retired_since(
    drafting: Drafting,
) -> None:
    petition = drafting.counter.registered()
    id = drafting.done(with_consultation())
    with drafting.counter.house.store.transaction() as paper:
        now = drafting.counter.clock.now()
        paper.decide(shipped_source().digest, StepKind.RETIRE, actor=SYSTEM, now=now)

    back = drafting.migrations.undo(id, actor=drafting.actor("dave"))
    drafting.migrations.finish(back)
    drafting.migrations.confirm(back, actor=drafting.actor("root"))
    drafting.migrations.finish(back)

    assert drafting.counter.file(petition).procedure == shipped_source().digest


# ---- what becomes of files ------------------------------------------------------------------------------------------


def test_only_the_chosen_files_are_carried_over(drafting: Drafting) -> None:
    one, other = drafting.counter.registered(), drafting.counter.registered()
    id = drafting.proposed(with_consultation(), only=[one])

    drafting.migrations.confirm(id, actor=drafting.actor("root"))
    drafting.migrations.finish(id)

    assert drafting.counter.file(one).procedure == with_consultation().digest
    assert drafting.counter.file(other).procedure == shipped_source().digest


Happening = Callable[[Drafting, str], object]


@pytest.mark.parametrize(
    ("happens", "outcome", "result"),
    [
        (lambda d, p: d.counter.does("add_material", p, "carl", note="演示"), "kept", "carried"),
        (lambda d, p: d.counter.does("investigate", p), "kept", "anew"),
        (lambda d, p: d.counter.does("withdraw", p, "anna"), "refused", "left"),
        (lambda d, p: None, "refused", "refused"),
    ],
    ids=["material", "next step", "withdrawn", "nothing"],
)
def test_a_petition_that_has_moved_since_the_dry_run_is_planned_anew(
    drafting: Drafting, happens: Happening, outcome: str, result: str
) -> None:
    petition = at_the_investigation(drafting.counter)
    moved_on = result in {"carried"}
    id = drafting.proposed(with_consultation() if moved_on else renamed_step())
    drafting.migrations.confirm(id, actor=drafting.actor("root"))

    happens(drafting, petition)
    drafting.migrations.finish(id)

    row = drafting.files(id)[petition]
    assert (row.outcome, row.result) == (outcome, result)
    carried = result in {"carried", "anew"}
    assert (drafting.counter.file(petition).procedure != shipped_source().digest) is carried
    assert (row.why is None) is carried


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    drafting: Drafting, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, sound = drafting.counter.registered(), drafting.counter.registered()
    id = drafting.proposed(with_consultation())
    drafting.migrations.confirm(id, actor=drafting.actor("root"))
    whole = _set_progress(drafting, poisoned, b"not a state document")

    with caplog.at_level("CRITICAL"):
        drafting.migrations.finish(id)

    rows = drafting.files(id)
    assert (rows[poisoned].result, rows[sound].result) == ("failed", "carried")
    _set_progress(drafting, poisoned, whole)
    drafting.migrations.try_again(id, actor=drafting.actor("root"))
    drafting.migrations.finish(id)
    assert drafting.files(id)[poisoned].result == "carried"
    assert different(drafting.counter.house) == {}


def _set_progress(drafting: Drafting, petition: str, progress: bytes) -> bytes:
    before = drafting.counter.file(petition).progress
    with drafting.counter.house.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "update petition set progress = ? where id = ?", (progress, petition)
        )
    return before


def test_files_of_which_the_same_becomes_are_counted_together(drafting: Drafting) -> None:
    for _ in range(3):
        at_the_investigation(drafting.counter)
    drafting.counter.registered()
    id = drafting.proposed(renamed_step())

    on = drafting.counter.clock.now().date()
    with drafting.counter.house.store.reading() as desk:
        found = gists(desk, drafting.actor("dave"), id, on=on)

    assert [(one.outcome, one.files) for one in found] == [("refused", 3), ("kept", 1)]
    assert found[0].gist["hindrances"][0]["element"] == "investigate"


def test_the_worker_takes_up_whatever_waits(drafting: Drafting) -> None:
    petition = drafting.counter.registered()
    drafting.counter.deploy(with_consultation())
    way = Route(before=shipped_source().digest, after=with_consultation().digest)
    id = drafting.migrations.propose(way, actor=drafting.actor("dave"))
    now = drafting.counter.clock.now()

    drafting.migrations.turn(now)
    drafting.migrations.confirm(id, actor=drafting.actor("root"))
    drafting.migrations.turn(now)

    assert drafting.counter.file(petition).procedure == way.after
    with drafting.counter.house.store.reading() as desk:
        assert migration_of(desk, id).state == "done"
        assert migrations(desk, states=("planning", "planned", "running")) == ()


# ---- sealed matters -------------------------------------------------------------------------------------------------


def test_a_sealed_matter_goes_along_and_is_told_to_nobody(drafting: Drafting) -> None:
    sealed = drafting.counter.registered(category="accusation", accused_organ=HOUSING)
    plain = drafting.counter.registered()

    id = drafting.proposed(with_consultation())
    assert drafting.counted(id) == (1, 1, 0)
    drafting.migrations.confirm(id, actor=drafting.actor("root"))
    drafting.migrations.finish(id)

    for who in (drafting.actor("dave"), drafting.actor("root"), drafting.counter.actor("carl")):
        assert set(drafting.files(id, who)) == {plain}
        assert drafting.counted(id, who) == (1, 1, 1)
    assert drafting.counter.file(sealed).procedure == with_consultation().digest
    assert set(drafting.files(id, drafting.counter.actor("abel"))) == {plain, sealed}
    assert set(drafting.files(id, IVAN)) == {plain}


# ---- names ----------------------------------------------------------------------------------------------------------


def test_names_are_read_one_a_line() -> None:
    text = '# 更名\nsite_visit = on_site\n\ninvestigate -> look_into # same act\n"甲" = "乙"\n'

    assert read_renaming(text) == {"site_visit": "on_site", "investigate": "look_into", "甲": "乙"}


@pytest.mark.parametrize("text", ["alone", "a = b = c", "a = b\na = c"])
def test_a_line_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_renaming(text)

    assert list(caught.value.fields) == ["renamed"]


def test_steps_that_were_only_renamed_are_guessed(drafting: Drafting) -> None:
    words = drafting.counter.house.vocabulary
    old, new = load(first_version(), words), load(second_version(), words)

    assert suggested(old, new) == {one: RENAMED[one] for one in ("site_visit", "investigate")}
    assert suggested(old, old) == {}
