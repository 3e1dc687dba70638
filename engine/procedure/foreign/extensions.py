"""What in a diagram is another product's: where it stands, whose it is, whether it would run something, and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from engine.procedure.canonical import canonical
from engine.procedure.findings import Findings
from engine.procedure.foreign.hints import HINTS, PRODUCTS
from engine.procedure.gate.shapes import HARMLESS_SPACES, runs_code
from engine.procedure.vocabulary import NAMESPACE
from engine.procedure.xml import BPMN, children, local, namespace, read_xml, split
from engine.text import Text

Element = Any

_LONGEST: Final = 160
_RIGHT: Final = "extensionElements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """An attribute or extension of another product: at which element, ``what`` as it stands in the file, ``runs`` whether
    it would run something (and so has to go before the check passes), and what might be drawn instead, if that is plain."""

    element: str | None
    name: str
    tag: str
    product: str
    what: str
    runs: bool
    hint: Text | None


def foreign_in(diagram: bytes) -> tuple[Foreign, ...]:
    """Everything of other products in *diagram*, in the order of the file. What cannot be read holds nothing."""
    root = read_xml("", diagram, Findings())
    if root is None:
        return ()
    return tuple(
        told
        for element in root.iter(f"{{{BPMN}}}*")
        if local(element) != _RIGHT
        for told in _at(element)
    )


def without_foreign(diagram: bytes, *, running: bool, elements: Collection[str] = ()) -> bytes:
    """*diagram* without what other products wrote: all of it, or what would run something; at *elements*, or everywhere."""
    root = read_xml("", diagram, Findings())
    if root is None:
        return diagram
    for element in list(root.iter(f"{{{BPMN}}}*")):
        if elements and _owner(element) not in elements:
            continue
        for attribute in _attributes(element):
            if not running or runs_code(split(attribute)[1]):
                del element.attrib[attribute]
        for extension in _extensions(element):
            if not running or _runs(extension):
                extension.getparent().remove(extension)
        for holder in children(element, _RIGHT):
            if not len(holder):
                element.remove(holder)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[one for one in root.nsmap if one and running])
    return canonical(etree.tostring(root, encoding="UTF-8", xml_declaration=True), diagram)


def plain(diagram: bytes) -> bytes:
    """*diagram* without the words of this office, for other modelers. What other products wrote stays."""
    root = read_xml("", diagram, Findings())
    if root is None:
        return diagram
    for element in root.iter():
        for attribute in [one for one in element.attrib if split(one)[0] == NAMESPACE]:
            del element.attrib[attribute]
    kept = [prefix for prefix, space in root.nsmap.items() if prefix and space != NAMESPACE]
    etree.cleanup_namespaces(root, keep_ns_prefixes=kept)
    return canonical(etree.tostring(root, encoding="UTF-8", xml_declaration=True), diagram)


def _at(element: Element) -> Iterator[Foreign]:
    for attribute in _attributes(element):
        space, name = split(attribute)
        yield _told(
            element, space, name, f'{name}="{element.get(attribute)}"', runs=runs_code(name)
        )
    for extension in _extensions(element):
        space, name = namespace(extension), local(extension)
        yield _told(element, space, name, _summary(extension), runs=_runs(extension))


def _told(element: Element, space: str, name: str, what: str, *, runs: bool) -> Foreign:
    prefix = next(
        (prefix for prefix, one in element.nsmap.items() if one == space and prefix), None
    )
    words = " ".join(f"{prefix}:{what}".split() if prefix else what.split())
    return Foreign(
        element=_owner(element),
        name=element.get("name", ""),
        tag=local(element),
        product=next((title for part, title in PRODUCTS if part in space), space or "—"),
        what=words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…",
        runs=runs,
        hint=HINTS.get(name),
    )


def _owner(element: Element) -> str | None:
    while element is not None and not element.get("id"):
        element = element.getparent()
    return element.get("id") if element is not None else None


def _attributes(element: Element) -> list[str]:
    return [
        attribute
        for attribute in element.attrib
        if (space := split(attribute)[0]) and space != NAMESPACE and space not in HARMLESS_SPACES
    ]


def _extensions(element: Element) -> list[Element]:
    """The extensions on *element*: where they belong, and where some modelers write them."""
    found = [one for one in element if _is_foreign(one)]
    return found + [
        one for holder in children(element, _RIGHT) for one in holder if namespace(one) != NAMESPACE
    ]


def _is_foreign(element: Element) -> bool:
    return namespace(element) not in HARMLESS_SPACES | {BPMN, NAMESPACE}


def _runs(extension: Element) -> bool:
    """Whether anything in *extension* would run something, as the gate sees it."""
    return any(
        runs_code(name)
        for one in extension.iter()
        for name in (local(one), *(split(attribute)[1] for attribute in one.attrib))
    )


def _summary(extension: Element) -> str:
    """An extension in a line: its name, its attributes, and what stands in it."""
    words = [
        local(extension),
        *(f'{split(a)[1]}="{value}"' for a, value in extension.attrib.items()),
    ]
    inner = [_summary(one) for one in extension]
    text = (extension.text or "").strip()
    return " ".join(
        [*words, *([f"“{text[:_LONGEST]}”"] if text else []), *(f"({one})" for one in inner[:8])]
    )
