"""One way to write a diagram, so that a small change of the drawing is a small change of its text.

Modelers write attributes and elements in an order of their own and move what was touched to the end. Here attributes
have one order, elements keep the place they had before, what is new comes last of its kind, and layout is by the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from engine.procedure.findings import Findings
from engine.procedure.vocabulary import NAMESPACE
from engine.procedure.xml import BPMN, DRAWN, local, namespace, read_xml, split

Element = Any
_Key = tuple[str, str]

_FIRST: Final = (
    "id", "name", "bpmnElement", "processRef", "sourceRef", "targetRef", "x", "y", "width", "height",
)  # fmt: skip
_WORDS: Final = (
    "act", "form", "table", "clock", "limit", "within", "role", "organ", "document", "stage",
)  # fmt: skip
_BEFORE_NODES: Final = ("documentation", "extensionElements", "incoming", "outgoing", "laneSet")
_AFTER_NODES: Final = ("sequenceFlow", "textAnnotation", "association", "group")
_KEEPS_PLACES: Final = frozenset({"process", "subProcess", "BPMNPlane", "lane"})
_NODES: Final = len(_BEFORE_NODES)
_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)  # fmt: skip


def canonical(diagram: bytes, before: bytes | None = None) -> bytes:
    """*diagram* in the one way to write it, its elements in the places they had in *before*.

    What cannot be read as a diagram is given back as it is: the gate has the words for it.
    """
    root = _read(diagram)
    if root is None:
        return diagram
    earlier = _read(before) if before is not None else None
    places = {} if earlier is None else _places(earlier)
    _order(root, places)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_written(root, 0))).encode()


def _read(data: bytes) -> Element | None:
    return read_xml("", data, Findings())


def _key(element: Element) -> _Key:
    """By what an element is known again: its id, or for a reference its words."""
    name = element.get("bpmnElement") or element.get("id")
    return local(element), name or (element.text or "").strip()


def _places(root: Element) -> dict[_Key, int]:
    return {_key(element): place for place, element in enumerate(root.iter())}


def _order(root: Element, places: dict[_Key, int]) -> None:
    for element in root.iter():
        if namespace(element) not in DRAWN | {BPMN} or not len(element):
            continue
        now = list(element)
        ranked = sorted(
            range(len(now)), key=lambda at: (_rank(element, now[at]), _place(element, now[at], places), at)
        )  # fmt: skip
        if ranked != list(range(len(now))):
            element[:] = [now[at] for at in ranked]


def _rank(parent: Element, child: Element) -> int:
    """The kind of a child among its sisters, where the schema leaves their order to us."""
    kind = local(child)
    if local(parent) == "BPMNPlane":
        return ("BPMNShape", "BPMNEdge").index(kind) if kind in {"BPMNShape", "BPMNEdge"} else 2
    if kind in _BEFORE_NODES:
        return _BEFORE_NODES.index(kind)
    if local(parent) in _KEEPS_PLACES and kind in _AFTER_NODES:
        return _NODES + 1 + _AFTER_NODES.index(kind)
    return _NODES


def _place(parent: Element, child: Element, places: dict[_Key, int]) -> float:
    """Where the child stood before; what did not comes last."""
    known = local(parent) in _KEEPS_PLACES or local(child) in {"incoming", "outgoing"}
    return places.get(_key(child), float("inf")) if known else 0


def _written(element: Element, depth: int) -> Iterator[str]:
    indent = "  " * depth
    name = _name(element, element.tag)
    yield f"{indent}<{name}{''.join(_declared(element))}{''.join(_attributes(element))}"
    if _is_text(element):
        yield from (*_inside(element, name), "\n")
        return
    yield ">\n"
    for child in element:
        yield from _written(child, depth + 1)
    yield f"{indent}</{name}>\n"


def _is_text(element: Element) -> bool:
    """Whether there are words in *element*, or nothing at all: then white space is left alone."""
    words = (element.text, *(child.tail for child in element))
    return not len(element) or any((said or "").strip() for said in words)


def _inside(element: Element, name: str) -> Iterator[str]:
    text = element.text or ""
    if not len(element) and not text.strip():
        yield " />"
        return
    yield f">{text.translate(_TEXT)}"
    for child in element:
        inner = _name(child, child.tag)
        yield f"<{inner}{''.join(_declared(child))}{''.join(_attributes(child))}"
        yield from _inside(child, inner)
        yield (child.tail or "").translate(_TEXT)
    yield f"</{name}>"


def _declared(element: Element) -> Iterator[str]:
    """The prefixes that are declared on *element* itself."""
    around = element.getparent()
    outer = around.nsmap if around is not None else {}
    for prefix, space in sorted(element.nsmap.items(), key=lambda item: item[0] or ""):
        if outer.get(prefix) != space:
            yield f' xmlns{f":{prefix}" if prefix else ""}="{space.translate(_VALUE)}"'


def _attributes(element: Element) -> Iterator[str]:
    for attribute, value in sorted(
        element.attrib.items(), key=lambda item: _attribute_order(item[0])
    ):
        yield f' {_name(element, attribute)}="{value.translate(_VALUE)}"'


def _attribute_order(attribute: str) -> tuple[int, int, str]:
    space, name = split(attribute)
    ours = _WORDS if space == NAMESPACE else _FIRST if not space else ()
    group = 2 if space == NAMESPACE else 1 if space else 0
    return group, ours.index(name) if name in ours else len(ours), name


def _name(element: Element, qualified: str) -> str:
    """The name with the prefix that stands for its namespace here."""
    space, name = split(qualified)
    if not space:
        return name
    if qualified == element.tag:
        return f"{element.prefix}:{name}" if element.prefix else name
    if space == "http://www.w3.org/XML/1998/namespace":
        return f"xml:{name}"
    prefix = next(prefix for prefix, known in sorted(
        (item for item in element.nsmap.items() if item[0]), key=lambda item: str(item[0])
    ) if known == space)  # fmt: skip
    return f"{prefix}:{name}"
