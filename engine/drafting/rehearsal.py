"""Rehearsing a change of the law: what uses the changed rows, and what would come out otherwise. Nothing is kept.

A petition keeps the rule in force on the day its clock started, so only clocks that start from the amendment's day on are
counted otherwise; the others are told apart, so that nobody wonders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engine.drafting.names import Names
from engine.drafting.uses import acts_using, modules_using
from engine.office.calendars import RunningElsewhere, Shift
from engine.office.rules import Rules
from engine.petition.deadlines import Ledger
from engine.procedure import Element, Finding, Procedure
from engine.statute.amending import Amendment
from engine.statute.provisions import DocumentRule, Limit
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A changed row: what would change in it, and everything that uses it."""

    id: str
    title: Text
    differences: tuple[tuple[str, str, str], ...]
    elements: tuple[Element, ...]
    templates: tuple[str, ...]
    acts: tuple[str, ...]
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What an amendment would do: ``shifts`` to running deadlines, ``kept`` those that started under the present rule,
    ``arisen`` and ``gone`` findings of the check of the drawings in force."""

    amendment: Amendment
    uses: tuple[Use, ...]
    shifts: tuple[Shift, ...]
    kept: int
    arisen: tuple[Finding, ...]
    gone: tuple[Finding, ...]


Check = Callable[[Mapping[str, bytes]], list[Finding]]


def rehearsed(
    amendment: Amendment,
    procedure: Procedure,
    running: Iterable[RunningElsewhere],
    *,
    names: Names,
    rules: Rules,
    checks: tuple[Check, Check],
) -> Rehearsal:
    """What *amendment* would do to *procedure*, the drawings in force, and to *running* deadlines.

    *rules* are those under the amended law; *checks* are that of the present law and that of the amended one.
    """
    changed = {was.id for was, _ in amendment.limits}
    mine = [one for one in running if one.deadline.limit in changed]
    ahead = [one for one in mine if one.deadline.started_on >= amendment.from_day]
    before, after = (check(procedure.source.files) for check in checks)
    return Rehearsal(
        amendment=amendment,
        uses=tuple(
            [_limit_use(was, now, procedure, names) for was, now in amendment.limits]
            + [_document_use(was, now, procedure) for was, now in amendment.documents]
        ),
        shifts=tuple(shift for one in ahead if (shift := _shift(one, rules)) is not None),
        kept=len(mine) - len(ahead),
        arisen=tuple(one for one in after if one not in before),
        gone=tuple(one for one in before if one not in after),
    )


def _shift(one: RunningElsewhere, rules: Rules) -> Shift | None:
    (counted,) = Ledger((one.deadline,)).recalendared(rules).rows
    if counted.legal_due == one.deadline.legal_due:
        return None
    return Shift(number=one.number, organ=one.organ, was=one.deadline, now=counted)


def _limit_use(was: Limit, now: Limit, procedure: Procedure, names: Names) -> Use:
    words = (was.id, was.alias, *was.also)
    elements = tuple(one for one in procedure.elements() if was.id in {one.clock, one.within})
    return Use(
        id=was.id,
        title=names.limit(was.id),
        differences=_differences(was, now),
        elements=elements,
        templates=(),
        acts=acts_using(words),
        modules=modules_using(words),
    )


def _document_use(was: DocumentRule, now: DocumentRule, procedure: Procedure) -> Use:
    template = f"documents/{was.kind}.html"
    return Use(
        id=was.kind,
        title=was.title,
        differences=_differences(was, now),
        elements=tuple(one for one in procedure.elements() if one.document == was.kind),
        templates=(template,) if template in procedure.source.files else (),
        acts=acts_using((was.kind,)),
        modules=modules_using((was.kind,)),
    )


def _differences(was: object, now: object) -> tuple[tuple[str, str, str], ...]:
    """The fields that differ, each as it is and as it would be."""
    return tuple(
        (name, _shown(getattr(was, name)), _shown(getattr(now, name)))
        for name in type(was).__dataclass_fields__  # type: ignore[attr-defined]
        if getattr(was, name) != getattr(now, name)
    )


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(_shown(getattr(one, "title", one)) for one in value) or "—"
    if isinstance(value, bool):
        return str(value).lower()
    return "—" if value is None else str(value)
