"""Redraws the shipped drawings: small edits of their XML, as a designer would make them in the modeler.

An edit is a tuple of words, such as ``("remove", "accept")``; :data:`EDITS` says what each means. Layout is not kept: the
proof does not look at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from lxml import etree

from engine.bootstrap import shipped_source
from engine.procedure import NAMESPACE, Source

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
Edit = tuple[str, ...]
FORM: Final = """
id = "site-visit"
title = { zh = "实地走访", en = "Site visit" }
[[field]]
name = "visited_on"
label = { zh = "走访日期", en = "Visited on" }
kind = "date"
[[field]]
name = "result"
label = { zh = "走访结果", en = "Result" }
kind = "choice"
fact = "visit_result"
options = [{ value = "clear", zh = "情况属实", en = "As stated" }, { value = "unclear", zh = "尚需查证", en = "Unclear" }]
"""


def redrawn(*edits: Edit, files: Mapping[str, str] | None = None) -> Source:
    """The shipped version after *edits*, with the form ``site-visit`` and *files* beside it."""
    book = Book()
    for name, *words in edits:
        EDITS[name](book, *words)
    more = {"forms/site-visit.toml": FORM, **(files or {})}
    return book.source.with_files({name: text.encode() for name, text in more.items()})


class Book:
    """The diagrams as trees, by element."""

    def __init__(self) -> None:
        self._shipped = shipped_source()
        self._trees = {
            name: etree.fromstring(data) for name, data in self._shipped.diagrams().items()
        }
        self._made = 0

    @property
    def source(self) -> Source:
        return self._shipped.with_files(
            {name: etree.tostring(tree) for name, tree in self._trees.items()}
        )

    def element(self, id: str) -> Any:
        for tree in self._trees.values():
            for found in tree.iter(f"{{{BPMN}}}*"):
                if found.get("id") == id:
                    return found
        raise KeyError(id)

    def flows(self, scope: Any, **ends: str) -> list[Any]:
        return [
            flow
            for flow in scope.findall(f"{{{BPMN}}}sequenceFlow")
            if all(flow.get(f"{end}Ref") == id for end, id in ends.items())
        ]

    def add(self, scope: Any, tag: str, id: str, inner: str = "", **attributes: str) -> Any:
        ours = {"act", "form", "role", "organ", "document", "clock", "limit", "within", "table"}
        element = etree.SubElement(scope, f"{{{BPMN}}}{tag}", id=id)
        for name, value in attributes.items():
            element.set(f"{{{NAMESPACE}}}{name}" if name in ours else name, value)
        if inner:
            etree.SubElement(element, f"{{{BPMN}}}{inner}")
        return element

    def flow(self, scope: Any, source: str, target: str, condition: str = "") -> str:
        self._made += 1
        flow = self.add(
            scope, "sequenceFlow", f"made_{self._made}", sourceRef=source, targetRef=target
        )
        if condition:
            etree.SubElement(flow, f"{{{BPMN}}}conditionExpression").text = condition
        return str(flow.get("id"))


def _remove(book: Book, id: str) -> None:
    """Take a step out and lead on to what followed it; a boundary event goes with its line and its end."""
    element = book.element(id)
    scope = element.getparent()
    into, out = book.flows(scope, target=id), book.flows(scope, source=id)
    if element.get("attachedToRef") is not None:
        for flow in out:
            target = flow.get("targetRef")
            scope.remove(flow)
            if not book.flows(scope, target=target):
                _drop(book, target)
    else:
        for flow in into:
            flow.set("targetRef", out[0].get("targetRef"))
        scope.remove(out[0])
        for event in scope.findall(f"{{{BPMN}}}boundaryEvent"):
            if event.get("attachedToRef") == id:
                _remove(book, event.get("id"))
    scope.remove(element)


def _drop(book: Book, id: str) -> None:
    """Take out an element to which nothing leads any more, and what only it led to."""
    element = book.element(id)
    scope = element.getparent()
    for flow in book.flows(scope, source=id):
        target = flow.get("targetRef")
        scope.remove(flow)
        if not book.flows(scope, target=target):
            _drop(book, target)
    for event in scope.findall(f"{{{BPMN}}}boundaryEvent"):
        if event.get("attachedToRef") == id:
            _remove(book, event.get("id"))
    scope.remove(element)


def _lead(book: Book, flow: str, target: str) -> None:
    """Let a line end elsewhere; what nothing leads to any more is dropped."""
    line = book.element(flow)
    before = line.get("targetRef")
    scope = line.getparent()
    if book.flows(scope, source=line.get("sourceRef"), target=target):
        book.add(scope, "exclusiveGateway", f"{flow}_way")
        book.flow(scope, f"{flow}_way", target)
        target = f"{flow}_way"
    line.set("targetRef", target)
    if not book.flows(line.getparent(), target=before):
        _drop(book, before)


def _condition(book: Book, flow: str, text: str) -> None:
    line = book.element(flow)
    found = line.find(f"{{{BPMN}}}conditionExpression")
    if found is None:
        found = etree.SubElement(line, f"{{{BPMN}}}conditionExpression")
    found.text = text


def _default(book: Book, gateway: str, flow: str, condition: str) -> None:
    """Another way out is the default; the former default gets *condition*."""
    element = book.element(gateway)
    former = element.get("default")
    element.set("default", flow)
    condition_of = book.element(flow).find(f"{{{BPMN}}}conditionExpression")
    book.element(flow).remove(condition_of)
    _condition(book, former, condition)


def _word(book: Book, id: str, word: str, value: str) -> None:
    """One of our words on an element; nothing takes it away."""
    name = f"{{{NAMESPACE}}}{word}"
    element = book.element(id)
    if value:
        element.set(name, value)
    else:
        del element.attrib[name]


def _plain(book: Book, id: str, name: str, value: str) -> None:
    book.element(id).set(name, value)


def _insert(book: Book, flow: str, id: str, **words: str) -> None:
    """Put a step into a line."""
    line = book.element(flow)
    scope = line.getparent()
    target = line.get("targetRef")
    book.add(scope, "userTask", id, name=id, **{"role": "clerk", "organ": "organ", **words})
    line.set("targetRef", id)
    book.flow(scope, id, target)


def _free(book: Book, flow: str, id: str) -> None:
    _insert(book, flow, id, form="site-visit")


def _paper(book: Book, flow: str, id: str, document: str) -> None:
    """A free step at which a paper of the office's own goes out."""
    _insert(book, flow, id, form="site-visit", document=document)


def _act(
    book: Book, flow: str, id: str, act: str, role: str = "clerk", organ: str = "organ"
) -> None:
    _insert(book, flow, id, act=act, role=role, organ=organ)


def _milestone(book: Book, flow: str, id: str) -> None:
    line = book.element(flow)
    scope, target = line.getparent(), line.get("targetRef")
    book.add(scope, "intermediateThrowEvent", id, name=id)
    line.set("targetRef", id)
    book.flow(scope, id, target)


def _wait(book: Book, flow: str, id: str, word: str, value: str) -> None:
    """Put an event to wait for into a line: ``limit``, ``clock`` or ``act``."""
    line = book.element(flow)
    scope, target = line.getparent(), line.get("targetRef")
    kind = "messageEventDefinition" if word == "act" else "timerEventDefinition"
    book.add(scope, "intermediateCatchEvent", id, kind, **{"name": id, word: value})
    line.set("targetRef", id)
    book.flow(scope, id, target)


def _timer(
    book: Book, host: str, id: str, word: str, value: str, interrupting: str = "", target: str = ""
) -> None:
    """A boundary timer; it leads to *target*, or to an end of its own."""
    scope = book.element(host).getparent()
    attributes = {"attachedToRef": host, word: value}
    if not interrupting:
        attributes["cancelActivity"] = "false"
    book.add(scope, "boundaryEvent", id, "timerEventDefinition", name=id, **attributes)
    if not target:
        book.add(scope, "endEvent", f"{id}_end", name=id)
    book.flow(scope, id, target or f"{id}_end")


def _beside(book: Book, flow: str, *ids: str) -> None:
    """Free steps side by side in a line, between parallel gateways."""
    line = book.element(flow)
    scope, target = line.getparent(), line.get("targetRef")
    split, join = f"{ids[0]}_split", f"{ids[0]}_join"
    book.add(scope, "parallelGateway", split)
    book.add(scope, "parallelGateway", join)
    line.set("targetRef", split)
    for id in ids:
        book.add(scope, "userTask", id, name=id, form="site-visit", role="clerk", organ="organ")
        book.flow(scope, split, id)
        book.flow(scope, id, join)
    book.flow(scope, join, target)


def _also(book: Book, step: str, id: str) -> None:
    """A free step beside *step*, both to be done before it goes on."""
    element = book.element(step)
    scope = element.getparent()
    split, join = f"{id}_split", f"{id}_join"
    book.add(scope, "parallelGateway", split)
    book.add(scope, "parallelGateway", join)
    for flow in book.flows(scope, target=step):
        flow.set("targetRef", split)
    [out] = book.flows(scope, source=step)
    target = out.get("targetRef")
    out.set("targetRef", join)
    book.add(scope, "userTask", id, name=id, form="site-visit", role="clerk", organ="organ")
    for source, end in ((split, step), (split, id), (id, join), (join, target)):
        book.flow(scope, source, end)


def _together(book: Book, first: str, second: str) -> None:
    """Two steps that follow each other are done side by side."""
    scope = book.element(first).getparent()
    split, join = f"{first}_split", f"{first}_join"
    book.add(scope, "parallelGateway", split)
    book.add(scope, "parallelGateway", join)
    [between] = book.flows(scope, source=first)
    [out] = book.flows(scope, source=second)
    for flow in book.flows(scope, target=first):
        flow.set("targetRef", split)
    between.set("targetRef", join)
    target = out.get("targetRef")
    out.set("targetRef", join)
    for source, end in ((split, first), (split, second), (join, target)):
        book.flow(scope, source, end)


def _choice(book: Book, flow: str, gateway: str, condition: str, target: str, id: str = "") -> None:
    """A choice in a line: with *condition* to *target* (past a free step *id*, if one is named), else on as before."""
    line = book.element(flow)
    scope, onward = line.getparent(), line.get("targetRef")
    book.add(scope, "exclusiveGateway", gateway, name="?")
    line.set("targetRef", gateway)
    book.element(gateway).set("default", book.flow(scope, gateway, onward))
    if id:
        book.add(scope, "userTask", id, name=id, form="site-visit", role="clerk", organ="organ")
        book.flow(scope, id, target or onward)
    book.flow(scope, gateway, id or target, condition)


def _end(book: Book, flow: str, id: str) -> None:
    """A line ends there and then."""
    scope = book.element(flow).getparent()
    book.add(scope, "endEvent", id, name=id)
    _lead(book, flow, id)


def _swap(book: Book, first: str, second: str) -> None:
    """Two steps change their places: their acts, documents and parts are exchanged."""
    one, other = book.element(first), book.element(second)
    for word in ("act", "document", "role", "organ", "form"):
        name = f"{{{NAMESPACE}}}{word}"
        mine, theirs = one.attrib.pop(name, None), other.attrib.pop(name, None)
        if mine is not None:
            other.set(name, mine)
        if theirs is not None:
            one.set(name, theirs)


def _aside(book: Book, process: str, id: str, act: str) -> None:
    """An event sub-process: every time *act* happens, a free step is to be done beside."""
    aside = book.add(book.element(process), "subProcess", id, name=id, triggeredByEvent="true")
    book.add(
        aside,
        "startEvent",
        f"{id}_begin",
        "messageEventDefinition",
        act=act,
        isInterrupting="false",
    )
    book.add(
        aside, "userTask", f"{id}_step", name=id, form="site-visit", role="clerk", organ="organ"
    )
    book.add(aside, "endEvent", f"{id}_done")
    book.flow(aside, f"{id}_begin", f"{id}_step")
    book.flow(aside, f"{id}_step", f"{id}_done")


def _table(book: Book, flow: str, id: str, table: str) -> None:
    line = book.element(flow)
    scope, target = line.getparent(), line.get("targetRef")
    book.add(scope, "businessRuleTask", id, name=id, table=table)
    line.set("targetRef", id)
    book.flow(scope, id, target)


def _terminate(book: Book, end: str) -> None:
    etree.SubElement(book.element(end), f"{{{BPMN}}}terminateEventDefinition")


def _kind(book: Book, id: str, tag: str) -> None:
    """Another kind of gateway in its place."""
    book.element(id).tag = f"{{{BPMN}}}{tag}"


EDITS: Final[Mapping[str, Callable[..., None]]] = {
    "remove": _remove, "drop": _drop, "lead": _lead, "condition": _condition, "default": _default, "word": _word,
    "plain": _plain, "free": _free, "paper": _paper, "act": _act, "milestone": _milestone, "wait": _wait, "timer": _timer,
    "beside": _beside, "also": _also, "together": _together, "choice": _choice, "end": _end, "swap": _swap,
    "aside": _aside, "table": _table, "terminate": _terminate, "kind": _kind,
}  # fmt: skip
