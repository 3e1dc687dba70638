"""The shipped drawings, loaded once with the words of the statute, and their XML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import cache

from engine.bootstrap import PROCESSES, shipped_source, vocabulary
from engine.procedure import Procedure, load
from engine.statute.law import Law, load_law

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
NAMES = sorted(path.stem for path in PROCESSES.glob("*.bpmn"))


@cache
def law() -> Law:
    return load_law()


@cache
def procedure() -> Procedure:
    return load(shipped_source(), vocabulary(law()))


@cache
def files() -> dict[str, bytes]:
    return dict(shipped_source().files)


@cache
def tree(name: str) -> ET.Element:
    return ET.fromstring(files()[f"{name}.bpmn"])
