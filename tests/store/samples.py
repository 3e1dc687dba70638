"""A small office and its files, made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from engine.petition.deadlines import Deadline, DeadlineState, Ledger
from engine.petition.entries import Entry, EntryKind
from engine.petition.facts import FactValue
from engine.petition.file import File, FileKind, OutboxItem, SealedValue, WorkItem
from engine.petition.parties import (
    SYSTEM,
    Actor,
    Appointment,
    Level,
    Organ,
    OrganKind,
    Person,
    Role,
)
from engine.record import chain, commitments
from engine.store.store import Paper, Store
from engine.text import Text

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)

COUNTY = "county"
PETITION_OFFICE = "office"
HOUSING = "housing"
WATER = "water"
DISCIPLINE = "discipline"

CLERK = Actor(person="clerk", organ=PETITION_OFFICE, roles=frozenset({Role.CLERK}))
HOUSING_CLERK = Actor(person="housing_clerk", organ=HOUSING, roles=frozenset({Role.CLERK}))
WATER_CLERK = Actor(person="water_clerk", organ=WATER, roles=frozenset({Role.CLERK}))
INSPECTOR = Actor(person="inspector", organ=DISCIPLINE, roles=frozenset({Role.CLERK}))
AUDITOR = Actor(person="auditor", organ=COUNTY, roles=frozenset({Role.AUDITOR}))
SEALED_AUDITOR = Actor(person="sealed_auditor", organ=COUNTY, roles=frozenset({Role.AUDITOR}))
ADMINISTRATOR = Actor(person="administrator", organ=COUNTY, roles=frozenset({Role.ADMINISTRATOR}))


def _organ(id: str, zh: str, en: str, kind: OrganKind) -> Organ:
    above = None if id == COUNTY else COUNTY
    return Organ(
        id=id, name=Text(zh, en), code=id[:2], kind=kind, level=Level.COUNTY, government=above
    )


ORGANS = (
    _organ(COUNTY, "测试县人民政府", "Test County", OrganKind.GOVERNMENT),
    _organ(PETITION_OFFICE, "测试县信访局", "Petition Office", OrganKind.PETITION_OFFICE),
    _organ(HOUSING, "测试县住建局", "Housing Bureau", OrganKind.DEPARTMENT),
    _organ(WATER, "测试县水利局", "Water Bureau", OrganKind.DEPARTMENT),
    _organ(DISCIPLINE, "测试县纪委监委", "Discipline Inspection", OrganKind.SUPERVISION),
)
VIEWERS = (
    CLERK,
    HOUSING_CLERK,
    WATER_CLERK,
    INSPECTOR,
    AUDITOR,
    SEALED_AUDITOR,
    ADMINISTRATOR,
)
SEALED_READERS = {INSPECTOR.person, SEALED_AUDITOR.person}


def furnish(store: Store) -> None:
    """Give the store its organs and people."""
    with store.transaction() as paper:
        paper.change_directory(
            organs=ORGANS,
            people=[
                Person(id=one.person, name=f"演示{one.person}", login=one.person) for one in VIEWERS
            ],
            appointments=[
                Appointment(
                    person=one.person,
                    organ=one.organ,
                    role=role,
                    sealed=one.person in SEALED_READERS,
                )
                for one in VIEWERS
                for role in one.roles
            ],
            actor=SYSTEM,
            now=NOW,
        )


def deadline(id: str = "T1#1", **changed: object) -> Deadline:
    row = Deadline(
        id=id,
        limit=id.split("#")[0],
        law="regulation-2022",
        article="22(1)",
        power=False,
        debtor=PETITION_OFFICE,
        started_on=TODAY,
        nominal_due=date(2026, 3, 17),
        legal_due=date(2026, 3, 17),
        provisional=False,
        calendar="shipped",
        state=DeadlineState.RUNNING,
        opened_by=1,
    )
    return replace(row, **changed)  # type: ignore[arg-type]


def file(id: str = "p1", **changed: object) -> File:
    """A petition just registered by the petition office, the clock of T1 running."""
    facts: dict[str, FactValue] = {"office": PETITION_OFFICE, "first_receiver": PETITION_OFFICE}
    made = File(
        id=id,
        kind=FileKind.PETITION,
        number=f"信访〔2026〕{id}号",
        code=f"CODE{id}",
        organ=PETITION_OFFICE,
        title="关于道路积水的事项",
        category="grievance",
        channel="letter",
        received_on=TODAY,
        registered_at=NOW,
        procedure="drawing",
        process="petition",
        progress=b"progress",
        facts=facts,
        ledger=Ledger((deadline(),)),
        stage="intake",
        next_due_at=NOW + timedelta(days=1),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def accusation(id: str = "secret", **changed: object) -> File:
    """A sealed file against the housing bureau, at the discipline organ."""
    sealed = file(
        id,
        title="检举控告(限制阅看)",
        category="accusation",
        sealed=True,
        excluded=frozenset({HOUSING, HOUSING_CLERK.person}),
        facts={"office": PETITION_OFFICE, "discipline_organ": DISCIPLINE},
    )
    return replace(sealed, **changed)  # type: ignore[arg-type]


def moved_on(before: File, **changed: object) -> File:
    """The file one version later."""
    return replace(before, version=before.version + 1, **changed)  # type: ignore[arg-type]


def entry_for(
    file: File,
    *,
    seq: int = 1,
    key: str | None = None,
    act: str = "register",
    sealed: dict[str, str] | None = None,
    kind: EntryKind = EntryKind.ACT,
) -> tuple[Entry, tuple[SealedValue, ...]]:
    """An entry for *file*, chained to its head, with sealed values."""
    values = tuple(
        SealedValue(entry=seq, name=name, salt=commitments.new_salt(), value=value)
        for name, value in (sealed or {}).items()
    )
    entry = Entry(
        petition=file.id,
        seq=seq,
        kind=kind,
        act=act,
        person=CLERK.person,
        organ=CLERK.organ,
        stands_in_for=None,
        effective_at=NOW,
        recorded_at=NOW,
        commitments={one.name: commitments.commitment(one.salt, one.value) for one in values},
        consequences={"facts": dict(file.facts)},
        key=key,
    )
    return chain.sealed_entry(entry, previous=file.head), values


def register(paper: Paper, file: File, *, key: str | None = None, **sealed: str) -> File:
    """Lay *file* down with its first entry and one open step, as the counter does."""
    entry, values = entry_for(file, key=key, sealed=sealed)
    laid = replace(file, seq=1, head=entry.digest)
    paper.create(laid)
    paper.append(entry, values, file=laid)
    paper.settle_work(laid.id, close=(), open=(step(laid),), move=())
    return laid


def step(file: File, number: int = 1, **changed: object) -> WorkItem:
    item = WorkItem(
        petition=file.id,
        step=number,
        element="sort",
        name="分类",
        act="sort",
        form=None,
        role=Role.CLERK.value,
        slot="office",
        organ=PETITION_OFFICE,
        stage=file.stage,
        opened_at=NOW,
    )
    return replace(item, **changed)  # type: ignore[arg-type]


def outbox_item(file: File, key: str = "told", **changed: object) -> OutboxItem:
    item = OutboxItem(
        key=key, petition=file.id, kind="notice", body={"to": "petitioner"}, enqueued_at=NOW
    )
    return replace(item, **changed)  # type: ignore[arg-type]
