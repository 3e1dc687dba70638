"""The gate: what a version must be like before any petition runs on it.

Rooms, in order: ``xml`` (is it readable without danger), ``shapes`` (elements and attributes), ``words`` (our
vocabulary), ``structure`` (how nodes are put together), ``choices`` (conditions and defaults), ``paths`` (loops, calls,
sizes). Every room looks at everything it can, so that a designer sees all faults at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.procedure.drawing import Drawing
from engine.procedure.expressions import Condition
from engine.procedure.findings import Findings
from engine.procedure.gate.choices import read_conditions
from engine.procedure.gate.facts import declared_facts
from engine.procedure.gate.paths import check_paths
from engine.procedure.gate.shapes import check_file
from engine.procedure.gate.structure import check_structure
from engine.procedure.gate.words import check_templates, check_words
from engine.procedure.parsing import parse_drawing
from engine.procedure.source import Source
from engine.procedure.tables import Table
from engine.procedure.vocabulary import FactWord, Vocabulary
from engine.procedure.xml import read_xml


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A version after the gate: everything needed to build it, and all findings."""

    drawing: Drawing
    conditions: Mapping[str, Condition]
    tables: Mapping[str, Table]
    facts: Mapping[str, FactWord]
    findings: Findings


def examine(source: Source, words: Vocabulary) -> Examined:
    """Send *source* through every room of the gate."""
    findings = Findings()
    trees: dict[str, Any] = {}
    seen: dict[str, str] = {}
    for name, data in source.diagrams().items():
        root = read_xml(name, data, findings)
        if root is not None and check_file(name, root, seen, findings):
            trees[name] = root
    drawing = parse_drawing(trees)
    facts, tables = declared_facts(source, words, findings)
    check_words(drawing, source, words, findings)
    check_templates(source, words, findings)
    check_structure(drawing, findings)
    conditions = read_conditions(drawing, facts, findings)
    check_paths(drawing, findings)
    return Examined(
        drawing=drawing, conditions=conditions, tables=tables, facts=facts, findings=findings
    )
