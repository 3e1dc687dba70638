"""Who may see a file: default deny.

A file is seen by the staff of the organs that play or played a part in it (a reviewing organ that the petitioner did not
choose played none), by the petition offices that oversee one of
them (Arts. 14, 40), and by the auditors above one of them. A sealed file (Art. 30) is seen only by appointments that
open sealed matters, at an organ that plays a part, or by an auditor with such an appointment. Whoever is excluded or
recused sees nothing, whatever else they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.people import conflicts
from engine.people.decisions import Decision
from engine.people.directory import Directory
from engine.petition.facts import FACTS, FactKind
from engine.petition.file import File
from engine.petition.parties import Actor, OrganKind, Role, Slot
from engine.text import Text

CASE_ROLES = frozenset({Role.CLERK, Role.HEAD, Role.REVIEWER, Role.SUPERVISOR})
"""The roles that work on petitions. Designers and administrators have no business in a file."""

# An organ that an objection merely proposes plays no part until the matter is sent there.
_PARTS = tuple(
    fact.name
    for fact in FACTS.values()
    if fact.kind is FactKind.ORGAN and fact.name != "proposed_organ"
)


_OPEN_TO_CHOICE = (
    (Slot.REVIEW_ORGAN, Slot.OTHER_REVIEW_ORGAN),
    (Slot.RE_REVIEW_ORGAN, Slot.OTHER_RE_REVIEW_ORGAN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a viewer sees on one day: the inputs of the rule below and of the same rule in SQL.

    A file is visible when one of its parts is in ``open`` (in ``sealed`` for a sealed file) and neither its excluded
    nor its recused ids meet ``hidden_by``.
    """

    open: frozenset[str]
    sealed: frozenset[str]
    hidden_by: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What the rule needs of a file: who plays or played a part, who must not learn of it, and whether it is sealed."""

    parts: frozenset[str]
    excluded: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()
    sealed: bool = False


def parts_of(file: File) -> frozenset[str]:
    """The organs that play a part in *file* now."""
    return frozenset(
        {file.organ, *(str(file.facts[name]) for name in _PARTS if file.facts.get(name))}
    )


def passed_over(before: File, after: File) -> frozenset[str]:
    """The organs that were open to the petitioner's choice until now and were not chosen: they play no part (Art. 35)."""
    open_before = {
        str(before.facts.get(slot))
        for proposed, other in _OPEN_TO_CHOICE
        if before.facts.get(other) and not after.facts.get(other)
        for slot in (proposed, other)
    }
    return frozenset(open_before - parts_of(after))


def sight_of(file: File, earlier_parts: frozenset[str] = frozenset()) -> Sight:
    """What the rule needs of *file*; *earlier_parts* are the organs that once played a part in it."""
    recused = str(file.facts.get("recused") or "")
    return Sight(
        parts=parts_of(file) | earlier_parts,
        excluded=file.excluded,
        recused=frozenset(one for one in recused.split(",") if one),
        sealed=file.sealed,
    )


def may_see(directory: Directory, viewer: Actor, file: Sight, on: date) -> Decision:
    """Whether *viewer* may see *file* on the day *on*. A refusal gives one reason for all cases, so that none leaks."""
    return may_see_within(reach(directory, viewer, on), file)


def may_see_within(reach: Reach, file: Sight) -> Decision:
    """The same for a viewer whose reach is known already."""
    if reach.hidden_by & (file.excluded | file.recused):
        return _NOTHING_THERE
    seen = reach.sealed if file.sealed else reach.open
    return _SEEN if seen & file.parts else _NOTHING_THERE


_SEEN = Decision(allowed=True, reason=Text("可以查看", "may be seen"))
_NOTHING_THERE = Decision(
    allowed=False, reason=Text("没有这件信访事项", "there is no such petition")
)


def reach(directory: Directory, viewer: Actor, on: date) -> Reach:
    """How far *viewer* sees on the day *on*."""
    hidden_by = _hidden_by(directory, viewer, on)
    roles = _roles(directory, viewer, on)
    if not roles or not directory.organ(viewer.organ).valid_on(on):
        return Reach(open=frozenset(), sealed=frozenset(), hidden_by=hidden_by)
    return Reach(
        open=visible_organs(directory, viewer, on),
        sealed=_sealed_organs(directory, viewer, on),
        hidden_by=hidden_by,
    )


def visible_organs(directory: Directory, viewer: Actor, on: date) -> frozenset[str]:
    """The organs whose ordinary files *viewer* may see: its own, those it oversees, those it audits."""
    roles = _roles(directory, viewer, on)
    own = directory.organ(viewer.organ)
    seen: set[str] = set()
    if roles & CASE_ROLES:
        seen |= {own.id, *directory.predecessors(own.id)}
        if own.kind is OrganKind.PETITION_OFFICE:
            seen |= directory.overseen_by(own.id, on)
    if Role.AUDITOR in roles:
        seen |= _audited(directory, own.id, on)
    return frozenset(seen)


def _audited(directory: Directory, organ: str, on: date) -> frozenset[str]:
    """An auditor sees the whole level of their organ: what stands under its government, or under itself."""
    root = directory.organ(organ).government or organ
    return directory.subtree(root, on) | {organ}


def _sealed_organs(directory: Directory, viewer: Actor, on: date) -> frozenset[str]:
    """Only appointments of the viewer's own open sealed matters: a substitution never lends that right."""
    opening = {
        held.role
        for held in directory.appointments_of(viewer.person)
        if held.organ == viewer.organ and held.sealed and held.valid_on(on)
    } & directory.roles_of(viewer.person, viewer.organ, on)
    seen: set[str] = set()
    if opening & CASE_ROLES:
        seen |= {viewer.organ, *directory.predecessors(viewer.organ)}
    if Role.AUDITOR in opening:
        seen |= _audited(directory, viewer.organ, on)
    return frozenset(seen)


def _roles(directory: Directory, viewer: Actor, on: date) -> frozenset[Role]:
    if not directory.exists(viewer.organ):
        return frozenset()
    lent = [
        directory.roles_through(row, on)
        for row in directory.substitutions_of(viewer.person, viewer.organ, on)
    ]
    return directory.roles_of(viewer.person, viewer.organ, on).union(*lent)


def _hidden_by(directory: Directory, viewer: Actor, on: date) -> frozenset[str]:
    """The ids that hide a file from *viewer* when its list of the excluded or recused names them."""
    bound = conflicts.bound_to(directory, viewer.person, on)
    absent = {viewer.stands_in_for} if viewer.stands_in_for else set()
    return bound | absent | conflicts.line_of(directory, viewer.organ, on)
