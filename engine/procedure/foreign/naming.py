"""Ids: everything that is drawn has one, that the office can use, that is free, and that all references spell alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import count
from typing import Any, Final

from engine.procedure.findings import Findings
from engine.procedure.foreign.notes import Notes
from engine.procedure.gate.shapes import usable_id
from engine.procedure.xml import BPMN, DRAWN, local, namespace, read_xml, words_in
from engine.text import Text

Element = Any

FLOW_NODES: Final = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask",
        "subProcess", "adHocSubProcess", "transaction", "callActivity", "startEvent", "endEvent", "boundaryEvent",
        "intermediateCatchEvent", "intermediateThrowEvent", "exclusiveGateway", "parallelGateway", "inclusiveGateway",
        "eventBasedGateway", "complexGateway", "subChoreography", "choreographyTask", "callChoreography",
    }
)  # fmt: skip
SUB_PROCESSES: Final = frozenset({"subProcess", "adHocSubProcess", "transaction"})
ARTIFACTS: Final = frozenset(
    {"textAnnotation", "group", "dataObjectReference", "dataStoreReference"}
)
FLOWS: Final = frozenset({"sequenceFlow", "messageFlow", "association"})
_NAMED: Final = (
    FLOW_NODES | ARTIFACTS | FLOWS | {"process", "collaboration", "participant", "lane", "laneSet"}
)
_REFERENCES: Final = frozenset({"default", "bpmnElement", "calledElement"})
_TEXTS: Final = frozenset({"incoming", "outgoing"})
_LONGEST: Final = 60


def name_all(root: Element, stem: str, taken: Collection[str], notes: Notes) -> None:
    """Give every element of *root* that needs one a usable id that is not among *taken*; a process is named after *stem*
    if it has none."""
    _spell_alike(root, notes)
    free = _Free({*taken, *(one.get("id") for one in root.iter() if one.get("id"))})
    renamed: dict[str, str] = {}
    seen: set[str] = set()
    for element in root.iter(f"{{{BPMN}}}*"):
        kind, was = local(element), element.get("id")
        if was is None:
            if kind in _NAMED:
                wanted = stem if kind == "process" else kind[0].lower() + kind[1:]
                element.set("id", free.like(wanted))
                notes.add(
                    "named", element.get("id"), element.get("name", ""), now=element.get("id")
                )
            continue
        why = _fault(kind, was, seen, taken)
        seen.add(was)
        if why is None:
            continue
        now = free.like(was)
        if why is not _TWICE:
            renamed[was] = now
        element.set("id", now)
        notes.add("renamed", now, element.get("name", ""), was=was[:_LONGEST], now=now, why=why)
    if renamed:
        _refer(root, renamed.get)


def ids_in(diagrams: Iterable[bytes]) -> frozenset[str]:
    """The ids of all elements in *diagrams*; one that cannot be read has none."""
    roots = (read_xml("", data, Findings()) for data in diagrams)
    return frozenset(
        one.get("id")
        for root in roots
        if root is not None
        for one in root.iter(f"{{{BPMN}}}*")
        if one.get("id")
    )


def references(root: Element) -> Iterator[tuple[Element, str | None, str]]:
    """Every reference to an id within *root*: the element that refers, the attribute (None: its text), the id."""
    for element in root.iter():
        if namespace(element) not in DRAWN | {BPMN}:
            continue
        for attribute, value in element.attrib.items():
            if attribute in _REFERENCES or attribute.endswith("Ref"):
                yield element, attribute, value
        kind = local(element)
        if (kind in _TEXTS or kind.endswith("Ref")) and not len(element):
            yield element, None, words_in(element)


def _refer(root: Element, new: Callable[[str], str | None]) -> int:
    """Write every reference for which there is something *new*. Returns how many."""
    changed = 0
    for element, attribute, value in list(references(root)):
        now = new(value)
        if now is None or now == value:
            continue
        changed += 1
        if attribute is None:
            element.text = now
        else:
            element.set(attribute, now)
    return changed


def _spell_alike(root: Element, notes: Notes) -> None:
    """References are qualified names in BPMN, but modelers look for the bare id."""
    ids = {one.get("id") for one in root.iter() if one.get("id")}
    spaces: Mapping[str | None, str] = root.nsmap
    prefixes = {prefix for prefix in spaces if prefix}

    def bare(value: str) -> str | None:
        prefix, colon, name = value.strip().partition(":")
        if colon and prefix in prefixes and name in ids and value not in ids:
            return name
        return value.strip() if value != value.strip() and value.strip() in ids else None

    if changed := _refer(root, bare):
        notes.add("prefix", n=changed)


def _fault(kind: str, id: str, seen: set[str], taken: Collection[str]) -> Text | None:
    if id in seen:
        return _TWICE
    if id in taken and kind != "definitions":
        return _TAKEN
    usable = _FILE_NAME.fullmatch(id) and len(id) <= _LONGEST if kind == "process" else True
    return None if usable and usable_id(id) else _UNUSABLE


def _slug(wanted: str) -> str:
    """*wanted* with signs that an id may hold."""
    name = re.sub(r"\W+", "_", wanted).strip("_")[:_LONGEST]
    return name if usable_id(name) else f"id_{name}".rstrip("_")


class _Free:
    """Gives out ids that are not used yet."""

    def __init__(self, used: set[str]) -> None:
        self._used = used
        self._numbers: dict[str, Iterator[int]] = {}

    def like(self, wanted: str) -> str:
        """*wanted* as an id, with a number if it is used already."""
        stem = _slug(wanted)
        if stem not in self._numbers and stem not in self._used:
            self._used.add(stem)
            return stem
        for number in self._numbers.setdefault(stem, count(2)):
            if (name := f"{stem}_{number}") not in self._used:
                self._used.add(name)
                return name
        raise AssertionError  # numbers do not end


_FILE_NAME: Final = re.compile(r"\w[\w-]{0,99}")
_TWICE: Final = Text("文件中有两个", "the file had it twice")
_TAKEN: Final = Text("草案中已有这个 id", "the draft has one of that id already")
_UNUSABLE: Final = Text("不合用", "it is not usable")
