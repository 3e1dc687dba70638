"""What somebody may not know of is not there for them: in no list, count, search, paper or error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engine.errors import NotFound
from engine.petition.documents import Document, ServiceState
from engine.petition.file import Attachment, File, FileKind
from engine.petition.parties import Actor
from engine.store.queries import TABS
from engine.store.store import Desk, Store
from tests.store.samples import (
    ADMINISTRATOR,
    AUDITOR,
    CLERK,
    HOUSING,
    HOUSING_CLERK,
    INSPECTOR,
    NOW,
    PETITION_OFFICE,
    SEALED_AUDITOR,
    TODAY,
    WATER_CLERK,
    accusation,
    file,
    moved_on,
    register,
    step,
)

PHONE = "13800000000"
Question = Callable[[Desk, Actor], Any]


def _tab(tab: str) -> Question:
    return lambda desk, viewer: desk.worklist(viewer, tab, on=TODAY)


QUESTIONS: dict[str, Question] = {
    **{f"worklist {tab}": _tab(tab) for tab in TABS},
    "worklist, searched": lambda desk, viewer: desk.worklist(viewer, "all", on=TODAY, text="检举"),
    "worklist of an organ": lambda desk, viewer: desk.worklist(
        viewer, "all", on=TODAY, organ=PETITION_OFFICE
    ),
    "files": lambda desk, viewer: desk.files(viewer, on=TODAY),
    "files by title": lambda desk, viewer: desk.files(viewer, on=TODAY, text="检举控告"),
    "files by number": lambda desk, viewer: desk.files(viewer, on=TODAY, number="信密1号"),
    "files by organ": lambda desk, viewer: desk.files(viewer, on=TODAY, organ=PETITION_OFFICE),
    "files by organ's name": lambda desk, viewer: desk.files(viewer, on=TODAY, text="信访局"),
    "closed files": lambda desk, viewer: desk.files(viewer, on=TODAY, state="closed"),
    "duplicates": lambda desk, viewer: desk.duplicates(
        viewer, on=TODAY, values={"phone": PHONE}, title="检举控告"
    ),
    "an ordinary file": lambda desk, viewer: _seen(
        lambda: desk.file(viewer, "p1", on=TODAY).related
    ),
}


def _seen(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except NotFound as refused:
        return str(refused)


def _answers(store: Store, viewer: Actor) -> dict[str, Any]:
    with store.reading() as desk:
        return {name: ask(desk, viewer) for name, ask in QUESTIONS.items()}


def _secrets() -> Iterator[File]:
    yield accusation("secret", number="信密1号", about="p1")
    yield accusation("shut", number="信密2号", closed_at=NOW, stage="closed")
    yield accusation("watched", number="信密3号", kind=FileKind.SUPERVISION, about="p1")


@pytest.mark.parametrize(
    "viewer",
    [HOUSING_CLERK, CLERK, WATER_CLERK, AUDITOR, ADMINISTRATOR],
    ids=lambda one: one.person,
)
def test_sealed_files_leave_every_answer_to_others_as_it_was(store: Store, viewer: Actor) -> None:
    with store.transaction() as paper:
        register(
            paper,
            file("p1", facts={"office": PETITION_OFFICE, "organ": HOUSING}),
        )
        paper.trace("p1", {"phone": PHONE})
    without = _answers(store, viewer)

    with store.transaction() as paper:
        for one in _secrets():
            laid = register(paper, one, petitioner_name="演示乙", phone=PHONE)
            paper.settle_work(laid.id, close=(), open=(step(laid, 2, organ=HOUSING),), move=())
            paper.trace(laid.id, {"phone": PHONE, "petitioner_name": "演示乙"})

    assert _answers(store, viewer) == without


@pytest.mark.parametrize("viewer", [INSPECTOR, SEALED_AUDITOR], ids=lambda one: one.person)
def test_who_may_read_sealed_files_finds_them(store: Store, viewer: Actor) -> None:
    with store.transaction() as paper:
        register(paper, accusation())
    with store.reading() as desk:
        assert [row.petition for row in desk.files(viewer, on=TODAY).rows] == ["secret"]
        assert desk.worklist(viewer, "sealed", on=TODAY).total == 1
        assert desk.file(viewer, "secret", on=TODAY).file.sealed


def test_nobody_else_opens_anything_of_a_sealed_file(store: Store) -> None:
    paper_issued = Document(
        id="letter", petition="secret", kind="transfer_letter", number="1号", organ=PETITION_OFFICE,
        to="discipline_organ", issued_on=TODAY, entry=1, digest="00", service=ServiceState.NOT_NEEDED,
    )  # fmt: skip
    uploaded = Attachment(
        petition="secret", digest="ab", name="证据.txt", media_type="text/plain", size=3, entry=1
    )
    with store.transaction() as paper:
        laid = register(paper, accusation())
        paper.issue([paper_issued])
        paper.attach([(uploaded, b"abc")], file=laid)

    for viewer in (CLERK, HOUSING_CLERK, WATER_CLERK, AUDITOR, ADMINISTRATOR):
        for ask in (
            lambda desk, viewer: desk.file(viewer, "secret", on=TODAY),
            lambda desk, viewer: desk.timeline(viewer, "secret", on=TODAY),
            lambda desk, viewer: desk.entries(viewer, "secret", on=TODAY),
            lambda desk, viewer: desk.viewings(viewer, "secret", on=TODAY),
            lambda desk, viewer: desk.document(viewer, "letter", on=TODAY),
            lambda desk, viewer: desk.attachment(viewer, "secret", "ab", on=TODAY),
            lambda desk, viewer: desk.duplicates(viewer, petition="secret", on=TODAY),
        ):
            with store.reading() as desk, pytest.raises(NotFound):
                ask(desk, viewer)
        with pytest.raises(NotFound):
            store.unmask(viewer, "secret", purpose="looking", now=NOW)


def test_refusal_reads_the_same_whether_a_file_exists_or_not(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, accusation())
    said = []
    for petition in ("secret", "nowhere"):
        with store.reading() as desk, pytest.raises(NotFound) as refused:
            desk.file(HOUSING_CLERK, petition, on=TODAY)
        said.append((str(refused.value), refused.value.text.en, refused.value.article))

    assert said[0] == said[1]


def test_an_excluded_person_sees_an_ordinary_file_no_more(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file("p1", facts={"office": PETITION_OFFICE, "organ": HOUSING}))
    with store.reading() as desk:
        assert desk.files(HOUSING_CLERK, on=TODAY).total == 1
    with store.transaction() as paper:
        before = paper.load("p1")
        recused = {**before.facts, "recused": HOUSING_CLERK.person}
        paper.save(moved_on(before, facts=recused), before=before)
    with store.reading() as desk:
        assert desk.files(HOUSING_CLERK, on=TODAY).total == 0
        assert desk.files(CLERK, on=TODAY).total == 1
    with store.transaction() as paper:
        before = paper.load("p1")
        replaced = {name: value for name, value in before.facts.items() if name != "recused"}
        paper.save(moved_on(before, facts=replaced), before=before)
    with store.reading() as desk:
        assert desk.files(HOUSING_CLERK, on=TODAY).total == 1


def test_an_organ_without_a_part_sees_nothing_and_the_office_above_sees_all(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file("p1", organ=HOUSING, facts={"organ": HOUSING}))
    with store.reading() as desk:
        seen = {
            viewer.person: desk.files(viewer, on=TODAY).total
            for viewer in (HOUSING_CLERK, WATER_CLERK, CLERK, AUDITOR, ADMINISTRATOR)
        }

    assert seen == {
        "housing_clerk": 1, "water_clerk": 0, "clerk": 1, "auditor": 1, "administrator": 0,
    }  # fmt: skip
