"""The composition root: from settings to an office that works. Nothing connects, reads or starts at import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

from engine.acts.act import Act
from engine.acts.catalogue import ACTS
from engine.audit.course import Maps, maps_of
from engine.audit.events.taking import EventLogs
from engine.audit.figures.telling import Telling
from engine.audit.replay import Replay
from engine.audit.sampling import Samples
from engine.clock import Clock, SystemClock, TurnedClock, legal_date
from engine.documents.render import faults_of_templates
from engine.drafting.changes import Change, changes
from engine.drafting.file_changes import file_changes
from engine.drafting.library import Library, ship
from engine.drafting.migration import Migrations
from engine.drafting.names import Names
from engine.drafting.proof import prove, proved
from engine.drafting.rehearsal import Rehearsal, rehearsed
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.scenarios.trials import Trials
from engine.drafting.scenarios.usual import Usual
from engine.drafting.simulation.jobs import Simulations
from engine.drafting.studio import Studio
from engine.drafting.words import Words, words_for
from engine.errors import BadInput, DataError
from engine.office import FrontDesk, Office
from engine.office.migrating import MIGRATE, MIGRATED
from engine.office.naming import Named, step_title
from engine.office.rules import Rules
from engine.people.made_up import read_office
from engine.petition.facts import FACTS, FactKind
from engine.petition.forms import parse_form
from engine.petition.parties import SYSTEM, Actor, Role, Slot
from engine.procedure import ActWord, FactWord, Finding, Procedure, Source, Vocabulary, load
from engine.record.checkpoint import Signer
from engine.record.keys import KeyRing
from engine.record.witness import Witness
from engine.settings import Settings
from engine.statute.amending import amended
from engine.statute.law import Law, load_law
from engine.store.migrate import upgrade
from engine.store.sequencer import Sequencer
from engine.store.store import Desk, Store
from engine.text import Text
from engine.window import PublicWindow
from engine.worker import ClockTower, Worker

PROCESSES = Path(__file__).resolve().parent.parent / "processes"
Drawings = Procedure
"""A version of the drawings, loaded, for those who look at them."""
CAST = PROCESSES / "cast"
"""The made-up office and how acts are usually done, for scenarios and for the demonstration."""
STAGES = (
    "intake", "routing", "handling", "service", "execution", "review", "re_review", "supervision", "care", "closed",
)  # fmt: skip
# What a drawing may listen to besides the standing acts: the review replaced the opinion under execution.
_EVENTS = ("opinion_replaced",)
OWNER_ONLY = 0o700  # titles stand in the database in the clear
CLOCK_OFFSET = "demonstration_clock_offset_seconds"
DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything of one installation, wired together."""

    settings: Settings
    store: Store
    office: Office
    front_desk: FrontDesk
    window: PublicWindow
    tower: ClockTower
    worker: Worker
    log: Sequencer
    migrations: Migrations
    clock: Clock
    law: Law
    vocabulary: Vocabulary
    private_offices: PrivateOffices
    maps: Maps
    telling: Telling
    trials: Trials
    simulations: Simulations

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration office, the only one whose clock may be turned."""
        return isinstance(self.clock, TurnedClock)

    @property
    def acts(self) -> Mapping[str, Act]:
        """The verbs of the statute by id: their titles, articles and forms."""
        return ACTS

    @property
    def titles(self) -> Mapping[str, Text]:
        """What everything is called that an entry of a petition can record, but for clocks and free steps."""
        return {**{act.id: act.title for act in self.acts.values()}, MIGRATE: MIGRATED}

    @property
    def replay(self) -> Replay:
        """What rebuilds petitions from their record."""
        return Replay(law=self.law, read_procedure=self.office.procedure)

    @property
    def studio(self) -> Studio:
        """Where designers draw the next version."""
        return Studio(store=self.store, clock=self.clock, check=self.check)

    @property
    def library(self) -> Library:
        """Where versions are submitted, approved, put in force and retired."""
        return Library(store=self.store, clock=self.clock, studio=self.studio, check=self.check)

    @property
    def samples(self) -> Samples:
        """What draws samples of concluded files and keeps what was found."""
        return Samples(self.store, law=self.law)

    @property
    def event_logs(self) -> EventLogs:
        """What takes event logs away."""
        return EventLogs(self.store, maps=self.maps, law=self.law, acts=self.titles)

    def words(self, files: Mapping[str, bytes]) -> Words:
        """The words that a draft with these *files* may use today."""
        today = legal_date(self.clock.now())
        return words_for(Source(files), self.vocabulary, law=self.law, acts=ACTS, on=today)

    def check(self, files: Mapping[str, bytes]) -> list[Finding]:
        """Everything that is wrong with the drawings in *files*, before the gate and before the law, refusals first.

        Never raises.
        """
        return list(prove(Source(files), self.vocabulary).findings)

    def source_of(self, about: str) -> Source:
        """The files of *about*: a version by its digest, or a draft. Raises NotFound."""
        return _source_of(self.store, self.clock, about)

    def loaded(self, files: Mapping[str, bytes]) -> Procedure:
        """The drawings in *files*, to be looked at. Raises DrawingRefused."""
        return load(Source(files), self.vocabulary)

    def changes(self, before: Procedure, after: Procedure) -> tuple[Change, ...]:
        """What differs between two versions, in words: the drawings first, then forms, tables and templates."""
        names = Names(self.law)
        return (*changes(before, after, names), *file_changes(before, after, names))

    def rehearse(self, text: str, viewer: Actor) -> Rehearsal:
        """What the amendment *text* of the law would change, as far as *viewer* may know. Nothing is kept. Raises BadInput."""
        amendment = amended(self.law, text)
        words, today = vocabulary(amendment.law), legal_date(self.clock.now())
        with self.store.reading() as desk:
            procedure = cast(Procedure, self.office.procedure(desk, desk.current_procedure(today)))
            rules = Rules(law=amendment.law, calendar=desk.calendar(), organs=desk.directory())
            running = tuple(desk.running_elsewhere(viewer, "", today))
        return rehearsed(
            amendment, procedure, running, names=Names(self.law), rules=rules,
            checks=(self.check, lambda files: list(prove(Source(files), words).findings)),
        )  # fmt: skip

    def drawings(self, digest: str) -> Procedure:
        """The drawings of version *digest*, loaded, for those who look at them. Raises DataError."""
        with self.store.reading() as desk:
            return cast(Procedure, self.office.procedure(desk, digest))

    def step_title(self, digest: str, step: Named) -> Text:
        """What the open step *step* of a petition on version *digest* of the drawings is called."""
        return step_title(step, lambda: self.drawings(digest).forms)

    def turn_clock(self, by: timedelta) -> None:
        """Turn the demonstration office's clock on by *by*, for this and all later processes.

        Raises DataError in any other office.
        """
        if not isinstance(self.clock, TurnedClock) or by < timedelta():
            raise DataError(
                Text(
                    "只有演示机关的时钟可以拨动,且只能向前",
                    "only the demonstration office's clock turns, and only on",
                )
            )
        offset = self.clock.offset + by
        self.store.set_setting(CLOCK_OFFSET, str(int(offset.total_seconds())))
        self.clock.offset = offset

    def refresh_clock(self) -> None:
        """Take over an offset that another process has set."""
        if isinstance(self.clock, TurnedClock):
            self.clock.offset = _offset(self.store)


def vocabulary(law: Law) -> Vocabulary:
    """The words that a drawing may use, gathered from the statute, the acts and the facts."""
    acts = {
        act.id: ActWord(
            kind=act.kind.value, by=tuple((by.slot.value, by.role.value) for by in act.by)
        )
        for act in ACTS.values()
        if act.kind.value != "office"
    }
    acts.update({event: ActWord(kind="standing") for event in _EVENTS})
    return Vocabulary(
        acts=acts,
        facts={
            name: FactWord(kind=_kind(fact.kind), values=fact.values)
            for name, fact in FACTS.items()
        },
        limits={name: limit.id for limit in law.limits() for name in (limit.id, limit.alias)},
        documents=frozenset(rule.kind for rule in law.documents()),
        stages=STAGES,
        roles=frozenset(
            {Role.CLERK.value, Role.HEAD.value, Role.REVIEWER.value, Role.SUPERVISOR.value}
        ),
        slots=frozenset(slot.value for slot in Slot),
        read_form=parse_form,
        read_templates=faults_of_templates,
    )


def _kind(kind: FactKind) -> str:
    return kind.value if kind in {FactKind.BOOLEAN, FactKind.ENUM} else "other"


def shipped_source() -> Source:
    """The procedure as shipped in ``processes/``."""
    return Source.in_directory(PROCESSES)


def version_in(directory: Path) -> Source:
    """The version of the procedure that lies in *directory*. Raises BadInput where it holds no diagram."""
    source = Source.in_directory(directory)
    if not source.diagrams():
        raise BadInput(
            {
                "": Text(
                    "目录 {name} 中没有流程图(.bpmn)",
                    "there is no diagram (.bpmn) in the directory {name}",
                ).filled(name=directory.name)
            }
        )
    return source


def private_offices(law: Law, words: Vocabulary | None = None) -> PrivateOffices:
    """Where drawings are tried: offices in memory, with the shipped cast of made-up organs and people."""
    return PrivateOffices(
        law=law,
        vocabulary=words or vocabulary(law),
        made_up=read_office(CAST / "office.toml"),
        usual=Usual.read(CAST / "usual.toml"),
    )


def open_house(
    settings: Settings, *, clock: Clock | None = None, store: Store | None = None
) -> House:
    """An office on the database that *settings* name.

    The database must exist and be at this version (``petition init``, ``petition upgrade``). *clock* replaces the
    machine's clock in tests and scenarios. Raises DataError.
    """
    law = load_law()
    words = vocabulary(law)
    store = store or Store(settings.database_url, keys=KeyRing.in_directory(settings.data))

    def load_procedure(files: Mapping[str, bytes]) -> Procedure:
        return load(Source(files), words)

    clock = clock or _clock(store)
    office = Office(store=store, load_procedure=load_procedure, law=law, clock=clock)
    tower = ClockTower(office=office, store=store)
    log = Sequencer(
        store,
        signer=Signer.of(store.keys, settings.data),
        witness=Witness(settings.witness_file),
    )

    def drawings(digest: str) -> Procedure:
        with store.reading() as desk:
            return cast(Procedure, office.procedure(desk, digest))

    maps = maps_of(drawings)
    offices = private_offices(law, words)
    replay = Replay(law=law, read_procedure=office.procedure)
    telling = Telling(store, replay=replay, maps=maps)
    migrations = Migrations(office, store)
    source_of = partial(_source_of, store, clock)
    simulations = Simulations(
        store=store,
        clock=clock,
        offices=offices.afresh(),
        source_of=source_of,
        maps=maps,
        pace=CAST / "pace.toml",
    )
    return House(
        settings=settings,
        store=store,
        office=office,
        front_desk=FrontDesk(office, store),
        window=PublicWindow(office, store),
        tower=tower,
        worker=Worker(
            tower,
            office=office,
            store=store,
            keepers={
                "log": log,
                "courses": telling,
                "migrations": migrations,
                "simulations": simulations,
            },
        ),
        log=log,
        migrations=migrations,
        clock=clock,
        law=law,
        vocabulary=words,
        private_offices=offices,
        maps=maps,
        telling=telling,
        trials=Trials(
            store=store,
            clock=clock,
            offices=offices,
            source_of=source_of,
            shipped=PROCESSES / "scenarios",
        ),
        simulations=simulations,
    )


def _source_of(store: Store, clock: Clock, about: str) -> Source:
    """The files of *about*: a version by its digest, or a draft. Raises NotFound."""
    with store.reading() as desk:
        if about in {row.digest for row in desk.procedures(legal_date(clock.now()))}:
            return Source(desk.procedure_files(about))
    return Studio(store=store, clock=clock, check=lambda files: []).source(about)


def new_store(settings: Settings) -> Store:
    """The store on the database of *settings*, made or brought to this version, with a master key of its own."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
    keys = KeyRing.create_in(settings.data)
    upgrade(settings.database_url)
    return Store(settings.database_url, keys=keys)


def deploy(store: Store, source: Source, words: Vocabulary, clock: Clock) -> str:
    """Lay *source* beside the versions of the office, in force at once where it has drawn none of its own.

    Returns the digest of what is in force then. Raises DrawingRefused for what the gate or the proof refuses.
    """
    with store.reading() as desk:
        if desk.plan().in_force(legal_date(clock.now())) == source.digest:
            return source.digest
    proved(source, words)
    return put_in_force(store, source, words, clock)


def put_in_force(store: Store, source: Source, words: Vocabulary, clock: Clock) -> str:
    """The same without the proof, for what measures the engine on drawings that no law fits. Raises DrawingRefused."""
    load(source, words)
    with store.transaction() as paper:
        return ship(paper, source, actor=SYSTEM, now=clock.now())


def _clock(store: Store) -> Clock:
    if store.setting(DEMONSTRATION) == "yes":
        return TurnedClock(SystemClock(), _offset(store))
    return SystemClock()


def _offset(store: Store) -> timedelta:
    return timedelta(seconds=int(store.setting(CLOCK_OFFSET) or "0"))


__all__ = [
    "Desk",
    "Drawings",
    "House",
    "deploy",
    "open_house",
    "put_in_force",
    "shipped_source",
    "vocabulary",
]
