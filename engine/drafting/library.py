"""The library: the life of each version, from the draft that is handed in to the day from which nobody begins on it.

A second person approves, never oneself. What is decided is data (``RULES``) and an entry of the house's own chain; the
version itself never changes. Which version a petition takes is a matter of the plan alone (``engine.petition.versions``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from engine.clock import Clock, legal_date
from engine.drafting.scenarios.trials import inherited
from engine.drafting.studio import SavedSince, Studio
from engine.errors import BadInput, DrawingRefused, NotFound, NotPermitted, Refused
from engine.petition.parties import Actor, Role
from engine.petition.versions import StepKind, VersionState, VersionStep
from engine.procedure import Finding, Source
from engine.store.procedures import ProcedureRow
from engine.store.store import Desk, Paper, Store
from engine.text import Text

DECIDERS: Final = frozenset({Role.DESIGNER, Role.ADMINISTRATOR})
_LONGEST_REASON: Final = 1000

Check = Callable[[Mapping[str, bytes]], list[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a decision can be taken: ``after`` which states, on what it depends and what has to be said."""

    after: frozenset[VersionState]
    reason: bool = False
    by_another: bool = False
    checked: bool = False
    dated: bool = False


_WAITING = frozenset({VersionState.APPROVED, VersionState.SCHEDULED, VersionState.SUPERSEDED})
RULES: Final[Mapping[StepKind, Rule]] = {
    StepKind.APPROVE: Rule(
        after=frozenset({VersionState.SUBMITTED}), by_another=True, checked=True
    ),
    StepKind.SEND_BACK: Rule(after=frozenset({VersionState.SUBMITTED}), reason=True),
    StepKind.ENACT: Rule(after=_WAITING, checked=True, dated=True),
    StepKind.REVOKE: Rule(after=frozenset({VersionState.SCHEDULED}), reason=True),
    StepKind.RETIRE: Rule(after=_WAITING, reason=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version laid open: ``steps`` oldest first; ``authors`` had a hand in it."""

    row: ProcedureRow
    files: Mapping[str, bytes]
    authors: frozenset[str]
    steps: tuple[VersionStep, ...]

    def open_to(self, actor: Actor) -> dict[StepKind, Text | None]:
        """What *actor* can decide about it now; where the person is the obstacle, why not."""
        if not DECIDERS & actor.roles:
            return {}
        return {
            kind: _HAND_IN_IT if rule.by_another and self.by(actor) else None
            for kind, rule in RULES.items()
            if self.row.state in rule.after
        }

    @property
    def source(self) -> Source:
        """Its files as one version."""
        return Source(self.files)

    def by(self, actor: Actor) -> bool:
        """Whether *actor*, or the one for whom they stand in, had a hand in it or submitted it."""
        hands = self.authors | {one.person for one in self.steps if one.kind is StepKind.SUBMIT}
        return actor.person in hands or actor.stands_in_for in hands


class Library:
    """The versions of one office. ``check`` says what is wrong with a set of files; it is the house's own."""

    def __init__(self, *, store: Store, clock: Clock, studio: Studio, check: Check) -> None:
        self._store = store
        self._clock = clock
        self._studio = studio
        self._check = check

    def versions(self) -> tuple[ProcedureRow, ...]:
        """Every version as it stands today, newest first."""
        with self._store.reading() as desk:
            return desk.procedures(self._today())

    def current(self) -> str:
        """The version that a petition takes which opens now. Raises DataError where there is none."""
        with self._store.reading() as desk:
            return desk.current_procedure(self._today())

    def version(self, digest: str) -> Version:
        """The version *digest*. Raises NotFound."""
        with self._store.reading() as desk:
            return self._version(desk, digest)

    def submit(self, draft: str, revision: int, reason: str = "", *, actor: Actor) -> str:
        """Freeze the draft as it stands after *revision* and ask for approval. Returns the version.

        Its scenarios, and those of the version that it was drawn over, stay with it.

        Raises DrawingRefused with what the check finds, SavedSince where it was changed meanwhile, Refused where nothing
        differs from a version that there is already; NotPermitted, NotFound, BadInput.
        """
        reason, drawing = _reason(reason, needed=False), self._studio.drawing(actor)
        source = self._studio.source(draft)
        self._must_conform(source.files)
        with drawing as paper:
            paper.lock_house()
            row = self._studio.opened(paper, draft)
            if row.revision != revision or self._studio.files(paper, row) != dict(source.files):
                raise SavedSince(row.revision, paper.draft_saves(draft, after=revision))
            state = paper.plan().state(source.digest, self._today())
            if state not in {None, VersionState.RETURNED}:
                raise Refused(_KNOWN.filled(digest=source.digest[:16]))
            now = self._clock.now()
            people = {row.owner, *paper.draft_people(draft), actor.person}
            paper.keep_procedure(
                source.files, digest=source.digest, actor=actor, now=now, title=row.title, base=row.base,
                authors=people,
            )  # fmt: skip
            tried = {one.name: one for one in inherited(paper, draft)}
            for scenario in tried.values():
                paper.save_scenario(replace(scenario, about=source.digest))
            about = {
                "title": row.title, "base": row.base, "authors": sorted(people), "files": sorted(source.files),
                "scenarios": sorted(tried),
            }  # fmt: skip
            paper.decide(
                source.digest, StepKind.SUBMIT, actor=actor, now=now, reason=reason, about=about
            )
            paper.change_draft(draft, now=now, submitted=source.digest)
        return source.digest

    def decide(
        self,
        digest: str,
        kind: StepKind,
        *,
        actor: Actor,
        reason: str = "",
        from_day: date | None = None,
    ) -> None:
        """Decide *kind* about the version *digest*, to be in force *from_day* on where that is what is decided.

        Raises NotPermitted, NotFound, BadInput (a reason is missing, the day lies in the past), Refused where it stands
        elsewhere by now, DrawingRefused where the check finds it unfit today.
        """
        rule = RULES[kind]
        if not DECIDERS & actor.roles:
            raise NotPermitted(_NO_DECIDER)
        reason = _reason(reason, needed=rule.reason)
        if rule.checked:
            self._must_conform(self.version(digest).files)
        with self._store.transaction() as paper:
            paper.lock_house()
            version, now = self._version(paper, digest), self._clock.now()
            if version.row.state not in rule.after:
                raise Refused(_ELSEWHERE)
            if rule.by_another and version.by(actor):
                raise NotPermitted(_HAND_IN_IT)
            paper.decide(
                digest, kind, actor=actor, now=now, reason=reason,
                from_day=_coming(from_day, now) if rule.dated else None,
            )  # fmt: skip
            if kind is StepKind.SEND_BACK:
                paper.reopen_drafts(digest)

    def _version(self, desk: Desk | Paper, digest: str) -> Version:
        found = (one for one in desk.procedures(self._today()) if one.digest == digest)
        row = next(found, None)
        if row is None:
            raise NotFound(_NO_VERSION)
        return Version(
            row=row,
            files=MappingProxyType(dict(desk.procedure_files(digest))),
            authors=desk.authors(digest),
            steps=desk.plan().steps_of(digest),
        )

    def _must_conform(self, files: Mapping[str, bytes]) -> None:
        refused = [one for one in self._check(files) if one.severity == "refuse"]
        if refused:
            raise DrawingRefused(refused)

    def _today(self) -> date:
        return legal_date(self._clock.now())


def ship(paper: Paper, source: Source, *, actor: Actor, now: datetime) -> str:
    """Lay *source*, which comes with the program, beside the office's versions; nothing is committed here.

    It is in force at once where the office has drawn none of its own that is or will be in force; else it waits, as
    approved, for somebody to set its day. Returns the digest of what is in force.
    """
    paper.lock_house()
    plan, today = paper.plan(), legal_date(now)
    current, state = plan.in_force(today), plan.state(source.digest, today)
    if current is not None and state in {VersionState.IN_FORCE, VersionState.RETIRED}:
        return current
    reigning = {current, *(version for _, version in plan.coming(today))} - {None}
    shipped = {step.version for step in plan.steps if step.kind is StepKind.SHIP}
    if reigning <= shipped:
        paper.deploy(source.files, digest=source.digest, now=now, actor=actor)
    elif state is None:
        paper.ship(source.files, digest=source.digest, now=now, actor=actor)
    return paper.current_procedure(today)


def _reason(reason: str, *, needed: bool) -> str:
    reason = reason.strip()
    if (needed and not reason) or len(reason) > _LONGEST_REASON:
        raise BadInput({"reason": _NO_REASON.filled(most=_LONGEST_REASON)})
    return reason


def _coming(day: date | None, now: datetime) -> date:
    if day is None or day < legal_date(now):
        raise BadInput({"from_day": _NO_DAY})
    return day


_NO_DECIDER: Final = Text(
    "只有流程设计人员和管理员可以决定版本", "only designers and administrators decide on versions"
)
_HAND_IN_IT: Final = Text(
    "起草、提交版本的人不能自己批准;请由另一名流程设计人员或管理员批准",
    "who drew or submitted a version does not approve it; another designer or administrator does",
)
_NO_VERSION: Final = Text("没有这一版本", "there is no such version")
_KNOWN: Final = Text(
    "内容与已有版本 {digest} 完全相同,无须提交",
    "this is the version {digest} to the letter, which there is already",
)
_ELSEWHERE: Final = Text(
    "版本的状态已有变化,请查看最新情况后再决定",
    "the version has moved on since; look again and decide anew",
)
_NO_REASON: Final = Text("请说明理由,至多{most}字", "give the reason, in at most {most} characters")
_NO_DAY: Final = Text(
    "请填写启用日期,不得早于今天", "give the day from which it is in force, today at the earliest"
)

__all__ = ["DECIDERS", "RULES", "Library", "Rule", "StepKind", "Version", "VersionState", "ship"]
