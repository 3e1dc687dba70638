"""The gate, fourth room: conditions are read once here, and a gateway always knows where to go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from engine.procedure.drawing import CHOOSING, Drawing, Kind, Line, Node, Scope
from engine.procedure.expressions import Condition, Unacceptable, compile_condition
from engine.procedure.findings import Findings
from engine.procedure.vocabulary import FactWord

_MOST_CASES: Final = 4096
"""Above so many combinations of facts a gateway is not walked through case by case."""

Case = dict[str, object]


def read_conditions(
    drawing: Drawing, facts: Mapping[str, FactWord], findings: Findings
) -> dict[str, Condition]:
    """The condition of every flow that has one (flow id → condition), checked against the declared *facts*."""
    conditions: dict[str, Condition] = {}
    for scope in drawing.scopes.values():
        for line in scope.lines:
            source = scope.by_id.get(line.source)
            if line.condition is None or source is None:
                continue
            if source.kind not in CHOOSING:
                findings.add("stray_condition", scope.file, line.id)
                continue
            try:
                conditions[line.id] = compile_condition(line.condition, facts)
            except Unacceptable as fault:
                condition = line.condition[:60]
                findings.add(
                    "bad_condition", scope.file, line.id, condition=condition, why=fault.text
                )
        for gateway in scope.of(*CHOOSING):
            _check_gateway(scope, gateway, conditions, facts, findings)
    return conditions


def _check_gateway(
    scope: Scope,
    gateway: Node,
    conditions: Mapping[str, Condition],
    facts: Mapping[str, FactWord],
    findings: Findings,
) -> None:
    ways = scope.leaving[gateway.id]
    conditional = [line for line in ways if line.id != gateway.default]
    for line in ways:
        if line.id == gateway.default and line.condition is not None:
            findings.add("default_condition", scope.file, line.id)
    if len(ways) == 1 and ways[0].condition is None:
        return
    for line in conditional:
        if line.condition is None:
            findings.add("no_condition", scope.file, line.id)
    if any(line.id not in conditions for line in conditional):
        return
    cases = _cases([conditions[line.id] for line in conditional], facts)
    if gateway.default is None and (cases is None or _undecided(conditional, conditions, cases)):
        findings.add("no_default", scope.file, gateway.id)
    for line in _dead(gateway, conditional, conditions, cases or []):
        findings.add("dead_flow", scope.file, line.id)


def _cases(conditions: list[Condition], facts: Mapping[str, FactWord]) -> list[Case] | None:
    names = sorted(frozenset[str]().union(*(condition.names for condition in conditions)))
    domains = [facts[name].domain for name in names]
    if prod(len(domain) for domain in domains) > _MOST_CASES:
        return None
    return [dict(zip(names, values, strict=True)) for values in product(*domains)]


def _undecided(lines: list[Line], conditions: Mapping[str, Condition], cases: list[Case]) -> bool:
    return any(not any(conditions[line.id].holds(case) for line in lines) for case in cases)


def _dead(
    gateway: Node, lines: list[Line], conditions: Mapping[str, Condition], cases: list[Case]
) -> Iterator[Line]:
    """The lines that no case takes: an exclusive gateway takes the first whose condition holds."""
    if not cases:
        return
    taken: set[str] = set()
    for case in cases:
        holding = [line.id for line in lines if conditions[line.id].holds(case)]
        taken.update(holding[:1] if gateway.kind is Kind.EXCLUSIVE else holding)
    yield from (line for line in lines if line.id not in taken)
