"""The gate, first room: which elements and attributes may stand in a file at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from engine.procedure.findings import Findings
from engine.procedure.parsing import is_true, words_of
from engine.procedure.vocabulary import NAMESPACE
from engine.procedure.xml import BPMN, DRAWN, children, local, namespace, split

Element = Any

_RUNNING: Final = frozenset(
    {
        "startEvent", "endEvent", "userTask", "businessRuleTask", "subProcess", "callActivity", "exclusiveGateway",
        "parallelGateway", "inclusiveGateway", "eventBasedGateway", "intermediateCatchEvent",
        "intermediateThrowEvent", "boundaryEvent", "process", "sequenceFlow",
    }
)  # fmt: skip
_SILENT: Final = frozenset(
    {
        "definitions", "collaboration", "participant", "messageFlow", "laneSet", "lane", "childLaneSet", "flowNodeRef",
        "incoming", "outgoing", "documentation", "extensionElements", "conditionExpression", "message",
        "messageEventDefinition", "timerEventDefinition", "terminateEventDefinition", "timeDate", "textAnnotation",
        "text", "association", "group", "category", "categoryValue",
    }
)  # fmt: skip
_CODE: Final = frozenset({"scriptTask", "serviceTask", "script"})
_PLAIN: Final = frozenset({"task", "manualTask", "sendTask", "receiveTask"})
_MARKERS: Final = frozenset({"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"})
_TIMES: Final = frozenset({"timeCycle", "timeDuration"})

_WORDS: Final = {
    "process": frozenset({"stage"}),
    "subProcess": frozenset({"stage"}),
    "callActivity": frozenset({"stage"}),
    "lane": frozenset({"role", "organ"}),
    "userTask": frozenset({"act", "form", "role", "organ", "document"}),
    "startEvent": frozenset({"act"}),
    "boundaryEvent": frozenset({"act", "clock", "limit", "within"}),
    "intermediateCatchEvent": frozenset({"act", "clock", "limit", "within"}),
    "businessRuleTask": frozenset({"table"}),
}

_REFUSED_VALUES: Final[dict[str, Callable[[str], bool]]] = {
    "isForCompensation": is_true,
    "instantiate": is_true,
    "parallelMultiple": is_true,
    "startQuantity": lambda value: value.strip() != "1",
    "completionQuantity": lambda value: value.strip() != "1",
    "eventGatewayType": lambda value: value.strip() != "Exclusive",
}
HARMLESS_SPACES: Final = DRAWN | {
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://www.w3.org/XML/1998/namespace",
}
_CODE_WORDS: Final = re.compile(
    r"script|listener|connector|expression|delegate|operator|^class$|^resource$|inputoutput|mapping",
    re.IGNORECASE,
)
_ID: Final = re.compile(r"[^\W\d][\w.-]{0,99}")
_RESERVED: Final = re.compile(
    r"^(Start|End|Root)$|\.(EndJoin|BoundaryEventSplit|BoundaryEventJoin)$"
)


def check_file(name: str, root: Element, seen: dict[str, str], findings: Findings) -> bool:
    """Check the elements of one file; ``seen`` holds the ids of the version so far. False if it is no diagram."""
    if local(root) != "definitions" or namespace(root) != BPMN:
        findings.add("not_bpmn", name, None)
        return False
    if not children(root, "process"):
        findings.add("no_process", name, None)
        return False
    _Room(name, seen, findings).walk(root)
    return True


def runs_code(name: str) -> bool:
    """Whether an attribute or element of another product that is called *name* would run something."""
    return _CODE_WORDS.search(name) is not None


def usable_id(id: str) -> bool:
    """Whether the engine can work with an element of this *id*."""
    return _unusable(id) is None


def _unusable(id: str) -> str | None:
    """The rule that *id* breaks."""
    if not _ID.fullmatch(id):
        return "id_form"
    return "id_reserved" if _RESERVED.search(id) else None


class _Room:
    def __init__(self, file: str, seen: dict[str, str], findings: Findings) -> None:
        self._file = file
        self._seen = seen
        self._findings = findings

    def _add(self, rule: str, element: Element, **values: object) -> None:
        self._findings.add(rule, self._file, element.get("id") or _owner(element), **values)

    def walk(self, root: Element) -> None:
        stack = [root]
        while stack:
            element = stack.pop()
            space = namespace(element)
            if space == BPMN:
                self._own(element)
                if local(element) == "extensionElements":
                    self._extensions(element)
                    continue
            elif space in DRAWN:
                continue  # how it looks: never read
            else:
                self._add("foreign_element", element, tag=local(element))
                continue
            stack.extend(reversed(element))

    def _own(self, element: Element) -> None:
        tag = local(element)
        self._element(tag, element)
        self._identity(tag, element)
        self._attributes(tag, element)
        definitions = [
            child for child in children(element) if local(child).endswith("EventDefinition")
        ]
        if len(definitions) > 1:
            self._add("event_many", element)

    def _element(self, tag: str, element: Element) -> None:
        if tag in _RUNNING or tag in _SILENT:
            return
        if tag in _CODE:
            self._add("runs_code", element, tag=tag)
        elif tag in _PLAIN:
            self._add("plain_task", element, tag=tag)
        elif tag in _MARKERS:
            self._add("loop_marker", element)
        elif tag in _TIMES:
            self._add("timer_text", element)
        elif tag.endswith("EventDefinition"):
            self._add("event_kind", element, tag=tag)
        else:
            self._add("unknown_element", element, tag=tag)

    def _identity(self, tag: str, element: Element) -> None:
        name = element.get("id")
        if not name:
            if tag in _RUNNING:
                self._add("no_id", element, tag=tag)
            return
        if fault := _unusable(name):
            self._add(fault, element, id=name[:100])
        if name in self._seen and (tag in _RUNNING or self._seen[name] in _RUNNING):
            self._add("id_twice", element, id=name)
        self._seen.setdefault(name, tag)

    def _attributes(self, tag: str, element: Element) -> None:
        for word in words_of(element):
            if word not in _WORDS.get(tag, ()):
                self._add("unknown_word", element, tag=tag, word=word)
        for attribute, value in element.attrib.items():
            space, name = split(attribute)
            if not space and name in _REFUSED_VALUES and _REFUSED_VALUES[name](value):
                self._add("unsupported_attribute", element, name=name, value=value[:40])
            elif space and space != NAMESPACE and space not in HARMLESS_SPACES:
                self._foreign(element, space, name)

    def _extensions(self, holder: Element) -> None:
        for element in holder.iterdescendants():
            space = namespace(element)
            if space == NAMESPACE:
                self._add(
                    "unknown_word", holder.getparent(), tag="extensionElements", word=local(element)
                )
                continue
            names = [local(element), *(split(attribute)[1] for attribute in element.attrib)]
            suspect = next(filter(runs_code, names), None)
            self._foreign(holder.getparent(), space, suspect or local(element))

    def _foreign(self, element: Element, space: str, name: str) -> None:
        if runs_code(name):
            self._add("runs_code", element, tag=name)
        else:
            self._findings.add("foreign_extension", self._file, None, space=space or name)


def _owner(element: Element) -> str | None:
    """The nearest element around *element* that has an id, so that a finding can be shown on the diagram."""
    for around in element.iterancestors():
        if around.get("id"):
            return str(around.get("id"))
    return None
