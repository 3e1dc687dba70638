"""The house: everything of one installation, and what it can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from engine.acts.act import Act
from engine.acts.catalogue import ACTS
from engine.audit.course import Maps
from engine.audit.events.taking import EventLogs
from engine.audit.exporting import Exporter
from engine.audit.figures.telling import Telling
from engine.audit.replay import Replay
from engine.audit.sampling import Samples
from engine.audit.volumes.making import Volumes
from engine.audit.wording import Wording
from engine.bootstrap.finding import source_of
from engine.bootstrap.turning import CLOCK_OFFSET, offset
from engine.bootstrap.words import vocabulary
from engine.clock import Clock, TurnedClock, legal_date
from engine.drafting.changes import Change, changes
from engine.drafting.file_changes import Side, file_changes
from engine.drafting.imports import Imports
from engine.drafting.library import Library
from engine.drafting.migration import Migrations
from engine.drafting.names import Names
from engine.drafting.proof import prove
from engine.drafting.provisions import Chapter, chapters
from engine.drafting.rehearsal import Rehearsal, rehearsed
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.scenarios.trials import Trials
from engine.drafting.simulation.jobs import Simulations
from engine.drafting.studio import Studio
from engine.drafting.words import Words, words_for
from engine.errors import DataError
from engine.office import FrontDesk, Office
from engine.office.migrating import MIGRATE, MIGRATED
from engine.office.naming import Named, step_title
from engine.office.rules import Rules
from engine.petition.forms import parse_form
from engine.petition.parties import Actor
from engine.procedure import Finding, Procedure, Source, Vocabulary, load
from engine.procedure.source import DIAGRAM
from engine.settings import Settings
from engine.statute.amending import amended
from engine.statute.law import Law
from engine.store.erasures import Erasures
from engine.store.sequencer import Sequencer
from engine.store.stamping import Stamping
from engine.store.store import Store
from engine.text import Text
from engine.window import PublicWindow
from engine.worker import ClockTower, Worker

Drawings = Procedure
"""A version of the drawings, loaded, for those who look at them."""


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
    erasures: Erasures
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
    def imports(self) -> Imports:
        """Where diagrams of other modelers come into drafts."""
        return Imports(store=self.store, clock=self.clock, studio=self.studio)

    @property
    def samples(self) -> Samples:
        """What draws samples of concluded files and keeps what was found."""
        return Samples(self.store, law=self.law)

    @property
    def exporter(self) -> Exporter:
        """What makes the dossiers that are taken away."""
        return Exporter(self.store, self.log, replay=self.replay, words=self.wording)

    @property
    def volumes(self) -> Volumes:
        """What makes the volumes of closed matters."""
        return Volumes(self.store, self.log, self.exporter, replay=self.replay, words=self.wording)

    @property
    def stamping(self) -> Stamping:
        """What asks for time stamps over the log's heads, and takes them."""
        return Stamping(self.store, self.log)

    @property
    def wording(self) -> Wording:
        """The words in which records are told on paper."""
        return Wording(law=self.law, acts=self.acts, titles=self.titles)

    @property
    def event_logs(self) -> EventLogs:
        """What takes event logs away."""
        return EventLogs(self.store, maps=self.maps, law=self.law, acts=self.titles)

    def words(self, files: Mapping[str, bytes]) -> Words:
        """The words that a draft with these *files* may use."""
        return words_for(Source(files), self.vocabulary, law=self.law, acts=ACTS)

    def check(self, files: Mapping[str, bytes]) -> list[Finding]:
        """Everything that is wrong with the drawings in *files*, before the gate and before the law, refusals first.

        Never raises.
        """
        return list(prove(Source(files), self.vocabulary).findings)

    def source_of(self, about: str) -> Source:
        """The files of *about*: a version by its digest, or a draft. Raises NotFound."""
        return source_of(self.store, self.clock, about)

    def loaded(self, files: Mapping[str, bytes]) -> Procedure:
        """The drawings in *files*, to be looked at. Raises DrawingRefused."""
        return load(Source(files), self.vocabulary)

    def changes(self, before: Procedure, after: Procedure) -> tuple[Change, ...]:
        """What differs between two versions, in words: the drawings first, then forms, tables and templates."""
        names = Names(self.law)
        was, now = (Side(one.source.files, one.tables) for one in (before, after))
        return (*changes(before, after, names), *file_changes(was, now, names))

    def file_changes(
        self, before: Mapping[str, bytes], after: Mapping[str, bytes]
    ) -> tuple[Change, ...]:
        """What differs between the forms, tables and templates of two sets of files, in words; usable or not."""
        papers = [
            {path: data for path, data in files.items() if not path.endswith(DIAGRAM)}
            for files in (before, after)
        ]
        if papers[0] == papers[1]:
            return ()
        was, now = (Side(files, self.words(files).decisions) for files in (before, after))
        return file_changes(was, now, Names(self.law))

    def provisions(self, words: str = "") -> tuple[Chapter, ...]:
        """The texts of law with what uses each provision in the version in force; with *words*, those that say them."""
        version = self.library.current()
        scenarios = self.trials.scenarios(version).values()
        return chapters(self.law, self.drawings(version), scenarios, words)

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

    def form_title(self, digest: str, form: str) -> Text | None:
        """What *form* of version *digest* of the drawings is called; None where that version has no such form."""
        content = self.drawings(digest).forms.get(form)
        return None if content is None else parse_form(content, form).title

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
            self.clock.offset = offset(self.store)
