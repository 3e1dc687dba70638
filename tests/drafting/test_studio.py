"""The studio: drafts over a version, in which nothing that was saved is lost, and nobody is overwritten unawares."""

from __future__ import annotations

import pytest

from engine.bootstrap import shipped_source
from engine.drafting.studio import KEPT_DAYS, KEPT_SAVES, SavedSince, Studio
from engine.errors import BadInput, DataError, NotFound, NotPermitted
from engine.petition.parties import Actor
from tests.drafting.conftest import appointed
from tests.office.counters import Counter
from tests.office.test_versions import FORM, with_consultation

Designers = tuple[Actor, Actor]
HANDLING, CONSULT = "handling.bpmn", "forms/consult.toml"


@pytest.fixture
def studio(crowded: Counter) -> Studio:
    return crowded.house.studio


def test_a_draft_begins_as_its_base_and_holds_what_is_saved(
    studio: Studio, designers: Designers
) -> None:
    draft = studio.new(" 增加  会商 ", actor=designers[0])
    assert studio.source(draft).digest == shipped_source().digest

    changed = with_consultation().files
    first = studio.save(draft, HANDLING, changed[HANDLING], 0, actor=designers[0])
    studio.save(draft, CONSULT, FORM, first, actor=designers[0])
    found = studio.draft(draft)

    assert studio.source(draft).digest == with_consultation().digest
    assert (found.row.title, found.row.owner, found.row.revision) == ("增加 会商", "dina", 2)
    assert dict(found.changes) == {HANDLING: "changed", CONSULT: "added"}
    assert studio.check(draft) == []


def test_what_the_check_finds_is_found_before_it_is_saved(
    studio: Studio, designers: Designers
) -> None:
    draft = studio.new("草案", actor=designers[0])
    unsaved = {HANDLING: with_consultation().files[HANDLING]}

    assert studio.check(draft) == []
    assert {one.rule for one in studio.check(draft, unsaved)} >= {"unknown_form"}
    assert studio.check(draft, {"handling.bpmn": None}) != []
    assert studio.draft(draft).row.revision == 0


def test_a_file_that_is_taken_out_is_gone_and_can_come_back(
    studio: Studio, designers: Designers
) -> None:
    draft = studio.new("草案", actor=designers[0])
    receipt = "documents/receipt.html"
    gone = studio.save(draft, receipt, None, 0, actor=designers[0])

    assert receipt not in studio.source(draft).files
    assert dict(studio.draft(draft).changes) == {receipt: "removed"}

    studio.save(draft, receipt, shipped_source().files[receipt], gone, actor=designers[0])
    assert studio.draft(draft).changes == {}


def test_who_was_overtaken_learns_by_whom_and_in_what(studio: Studio, designers: Designers) -> None:
    dina, dirk = designers
    draft = studio.new("草案", actor=dina)
    studio.save(draft, CONSULT, FORM, 0, actor=dina)

    for path in (CONSULT, "forms/other.toml"):
        with pytest.raises(SavedSince) as overtaken:
            studio.save(draft, path, b"id = 1", 0, actor=dirk)
        assert overtaken.value.revision == 1
        assert [(one.path, one.person) for one in overtaken.value.saves] == [(CONSULT, "dina")]
    assert studio.save(draft, "forms/other.toml", b"id = 1", 1, actor=dirk) == 2


def test_the_same_designer_is_warned_of_the_same_file_only(
    studio: Studio, designers: Designers
) -> None:
    dina = designers[0]
    draft = studio.new("草案", actor=dina)
    studio.save(draft, CONSULT, FORM, 0, actor=dina)

    assert studio.save(draft, "forms/other.toml", b"id = 1", 0, actor=dina) == 2
    with pytest.raises(SavedSince):
        studio.save(draft, CONSULT, b"id = 2", 0, actor=dina)


def test_a_save_that_is_sent_twice_is_one(studio: Studio, designers: Designers) -> None:
    draft = studio.new("草案", actor=designers[0])

    assert studio.save(draft, CONSULT, FORM, 0, actor=designers[0]) == 1
    assert studio.save(draft, CONSULT, FORM, 0, actor=designers[0]) == 1
    assert len(studio.saves(draft)) == 1


def test_the_last_saves_of_each_file_are_kept_to_go_back_to(
    studio: Studio, designers: Designers
) -> None:
    dina = designers[0]
    draft = studio.new("草案", actor=dina)
    studio.save(draft, "forms/other.toml", b"kept", 0, actor=dina)
    for number in range(1, KEPT_SAVES + 6):
        studio.save(draft, CONSULT, f"# {number}".encode(), number, actor=dina)
    saves = studio.saves(draft, CONSULT)

    assert len(saves) == KEPT_SAVES
    assert studio.saved(draft, CONSULT, saves[1].revision) == f"# {KEPT_SAVES + 4}".encode()
    assert studio.source(draft).files["forms/other.toml"] == b"kept"
    with pytest.raises(NotFound):
        studio.saved(draft, CONSULT, 2)


def test_a_discarded_draft_can_be_taken_back_for_some_days(
    crowded: Counter, studio: Studio, designers: Designers
) -> None:
    dina = designers[0]
    draft = studio.new("草案", actor=dina)
    studio.save(draft, CONSULT, FORM, 0, actor=dina)
    studio.discard(draft, actor=dina)

    assert studio.drafts() == ()
    with pytest.raises(NotFound):
        studio.save(draft, CONSULT, b"", 1, actor=dina)

    crowded.clock.turn_days(29)
    assert [one.id for one in studio.drafts(discarded=True)] == [draft]
    studio.restore(draft, actor=dina)
    assert studio.source(draft).files[CONSULT] == FORM

    crowded.house.store.set_setting(KEPT_DAYS, "3")
    studio.discard(draft, actor=dina)
    crowded.clock.turn_days(4)
    assert studio.drafts(discarded=True) == ()
    with pytest.raises(NotFound):
        studio.restore(draft, actor=dina)
    studio.new("下一份", actor=dina)
    assert not crowded.everything()["draft_save"]


@pytest.mark.parametrize(
    "path",
    [
        "", "a", "../a.bpmn", "/a.bpmn", "forms/../a.bpmn", "forms//a.toml", "./a.bpmn", "a.toml", "forms/a.bpmn",
        "tables/a.xml", "documents/x/a.html", ".bpmn", "forms/.toml", "a b.bpmn", "a\n.bpmn", f"{'x' * 101}.bpmn",
        "scenarios/a.toml", "a.BPMN", "forms/a\0.toml", "documents\\a.html",
    ],
)  # fmt: skip
def test_only_what_belongs_to_a_version_has_a_place(counter: Counter, path: str) -> None:
    dina = appointed(counter)[0]
    draft = counter.house.studio.new("草案", actor=dina)

    with pytest.raises(BadInput) as refused:
        counter.house.studio.save(draft, path, b"", 0, actor=dina)
    assert set(refused.value.fields) == {"path"}


def test_what_is_too_large_is_refused(counter: Counter) -> None:
    dina, studio = appointed(counter)[0], counter.house.studio
    draft = studio.new("草案", actor=dina)
    full = b"#" * 2_000_000

    with pytest.raises(BadInput):
        studio.save(draft, CONSULT, full + b"#", 0, actor=dina)
    for number in range(9):
        studio.save(draft, f"forms/f{number}.toml", full, number, actor=dina)
    with pytest.raises(BadInput):
        studio.save(draft, "forms/f9.toml", full, 9, actor=dina)


def test_only_designers_draw_and_only_what_there_is(
    crowded: Counter, studio: Studio, designers: Designers
) -> None:
    anna, dina = crowded.actor("anna"), designers[0]
    draft = studio.new("草案", actor=dina)

    with pytest.raises(NotPermitted):
        studio.new("草案", actor=anna)
    with pytest.raises(NotPermitted):
        studio.save(draft, CONSULT, FORM, 0, actor=anna)
    with pytest.raises(NotPermitted):
        studio.discard(draft, actor=anna)
    with pytest.raises(DataError):
        studio.new("草案", "no-such-version", actor=dina)
    with pytest.raises(NotFound):
        studio.draft("none")
    with pytest.raises(BadInput):
        studio.save(draft, CONSULT, FORM, 7, actor=dina)
    for title in ("", "  ", "字" * 101, "a\0b"):
        with pytest.raises(BadInput):
            studio.new(title, actor=dina)


def test_a_draft_leaves_no_trace_in_the_record(
    crowded: Counter, studio: Studio, designers: Designers
) -> None:
    before = crowded.everything()["entry"]
    draft = studio.new("草案", actor=designers[0])
    studio.save(draft, CONSULT, FORM, 0, actor=designers[0])

    assert crowded.everything()["entry"] == before
