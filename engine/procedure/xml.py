"""From the bytes of a file to an XML tree, without ever following what a hostile file asks for."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from engine.procedure.findings import Findings

Element = Any

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DRAWN: Final = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
    }
)
"""Namespaces that only say how a diagram looks."""

MAX_BYTES: Final = 2_000_000
MAX_ELEMENTS: Final = 50_000
MAX_DEPTH: Final = 60

_ENCODING: Final = re.compile(
    rb"""^<\?xml[^>]{0,80}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)


def read_xml(name: str, data: bytes, findings: Findings) -> Element | None:
    """The root element of the file *name*, or None with a finding that says why it cannot be read."""
    fault = _unreadable(data)
    if fault:
        findings.add(fault, name, None)
        return None
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as broken:
        deep = "xcessive depth" in str(broken)
        findings.add("xml_depth" if deep else "xml_broken", name, None, why=str(broken)[:200])
        return None
    if root.getroottree().docinfo.doctype:
        findings.add("xml_doctype", name, None)
        return None
    return root if _bounded(name, root, findings) else None


def local(element: Element) -> str:
    """The name of *element* without its namespace."""
    return str(etree.QName(element).localname)


def namespace(element: Element) -> str:
    """The namespace of *element*, or nothing."""
    return str(etree.QName(element).namespace or "")


def split(attribute: str) -> tuple[str, str]:
    """Namespace and name of an *attribute* as lxml writes it."""
    name = etree.QName(attribute)
    return str(name.namespace or ""), str(name.localname)


def children(element: Element, *names: str) -> list[Element]:
    """The children of *element* in the BPMN namespace that bear one of these *names* (all, if none is given)."""
    found = [child for child in element if isinstance(child.tag, str) and namespace(child) == BPMN]
    return [child for child in found if not names or local(child) in names]


def words_in(element: Element) -> str:
    """All text inside *element*, trimmed."""
    return "".join(element.itertext()).strip()


def _unreadable(data: bytes) -> str | None:
    if len(data) > MAX_BYTES:
        return "xml_size"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "xml_encoding"
    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    if "\0" in text or (declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}):
        return "xml_encoding"
    return "xml_doctype" if "<!DOCTYPE" in text or "<!ENTITY" in text else None


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _bounded(name: str, root: Element, findings: Findings) -> bool:
    count = deepest = 0
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        count += 1
        deepest = max(deepest, depth)
        if count > MAX_ELEMENTS or deepest > MAX_DEPTH:
            findings.add("xml_depth" if deepest > MAX_DEPTH else "xml_elements", name, None, why="")
            return False
        stack.extend((child, depth + 1) for child in element)
    return True
