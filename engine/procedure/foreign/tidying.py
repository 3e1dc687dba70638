"""Small things that other modelers write otherwise, brought into the way in which modelers keep them."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from engine.procedure.foreign.notes import Notes
from engine.procedure.gate.shapes import HARMLESS_SPACES
from engine.procedure.vocabulary import NAMESPACE
from engine.procedure.xml import BPMN, children, local, namespace, words_in

Element = Any

_RIGHT: Final = f"{{{BPMN}}}extensionElements"
_PROSE: Final = frozenset({"documentation", "text", "conditionExpression", "script"})
_TYPE: Final = "{http://www.w3.org/2001/XMLSchema-instance}type"
_PREFIXES: Final = {
    "bpmn": BPMN,
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_ZEEBE_CALL: Final = "{http://camunda.org/schema/zeebe/1.0}calledElement"


def one_prefix(root: Element) -> Element:
    """*root* again, with one prefix for each namespace of BPMN; modelers mistake elements whose namespace has several."""
    known = {prefix: space for one in root.iter() for prefix, space in one.nsmap.items()}
    others = {
        prefix: space for prefix, space in root.nsmap.items()
        if prefix and space not in _PREFIXES.values() and prefix not in _PREFIXES
    }  # fmt: skip
    for element in root.iter():
        prefix, colon, name = element.get(_TYPE, "").rpartition(":")
        if name and known.get(prefix if colon else None) == BPMN:
            element.set(_TYPE, f"bpmn:{name}")
    again = etree.Element(root.tag, dict(root.attrib), nsmap={**_PREFIXES, **others})
    again.text = root.text
    again.extend(list(root))
    etree.cleanup_namespaces(
        again, top_nsmap=_PREFIXES, keep_ns_prefixes=[*others, "bpmn", "bpmndi", "dc", "di"]
    )
    return again


def tidy(root: Element, notes: Notes) -> None:
    """Extensions where they belong, words without markup, and called processes where everybody looks for them."""
    for element in list(root.iter(f"{{{BPMN}}}*")):
        if local(element) in _PROSE:
            _flatten(element, notes)
        elif element.tag != _RIGHT:
            _move_in(element, notes)
        if local(element) == "callActivity":
            _call(element, notes)


def _flatten(prose: Element, notes: Notes) -> None:
    if not len(prose):
        return
    words = words_in(prose)
    for child in list(prose):
        prose.remove(child)
    prose.text = words
    notes.add("flattened", *_whose(prose))


def _move_in(element: Element, notes: Notes) -> None:
    foreign = [one for one in element if namespace(one) not in HARMLESS_SPACES | {BPMN, NAMESPACE}]
    if not foreign:
        return
    holder = next(iter(children(element, "extensionElements")), None)
    if holder is None:
        holder = etree.Element(_RIGHT)
        element.insert(len(children(element, "documentation")), holder)
    for one in foreign:
        one.tail = None
        holder.append(one)
        notes.add("moved_in", *_whose(element), what=local(one)[:60])


def _call(call: Element, notes: Notes) -> None:
    told = next(iter(call.iter(_ZEEBE_CALL)), None)
    called = "" if told is None else told.get("processId", "")
    if called and not called.startswith("=") and not call.get("calledElement"):
        call.set("calledElement", called)
        notes.add("called", *_whose(call), called=called[:60])


def _whose(element: Element) -> tuple[str | None, str]:
    while element.get("id") is None and element.getparent() is not None:
        element = element.getparent()
    return element.get("id"), element.get("name", "")
