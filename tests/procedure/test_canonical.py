"""One way to write a diagram: a small change of the drawing is a small change of its text."""

from __future__ import annotations

import difflib

import pytest

from engine.bootstrap import shipped_source
from engine.procedure.canonical import canonical
from engine.procedure.findings import Findings
from engine.procedure.parsing import parse_drawing
from engine.procedure.xml import read_xml

SHIPPED = shipped_source().diagrams()
SMALL = b"""<?xml version='1.0'?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:p="urn:petition:procedure:1" id="d">
<process id="p"><sequenceFlow targetRef="b" sourceRef="a" id="f"/><startEvent id="a"/>
<userTask p:organ="office" p:act="sort" name="x &lt; &quot;y&quot;&#10;z" id="b"><documentation> as
 it is &amp; was </documentation>
<extensionElements><v:note xmlns:v="urn:v" v:k="1">before<v:b/>after</v:note></extensionElements></userTask>
</process></definitions>"""


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_diagrams_are_canonical(name: str) -> None:
    assert canonical(SHIPPED[name]) == SHIPPED[name]


def test_writing_changes_nothing_that_is_read() -> None:
    once = canonical(SMALL)

    assert _read(once) == _read(SMALL)
    assert canonical(once) == once
    assert once.decode().splitlines()[2:6] == [
        '  <process id="p">',
        '    <startEvent id="a" />',
        '    <userTask id="b" name="x &lt; &quot;y&quot;&#10;z" p:act="sort" p:organ="office">',
        "      <documentation> as",
    ]
    assert '<v:note xmlns:v="urn:v" v:k="1">before<v:b />after</v:note>' in once.decode()


def test_what_was_moved_to_the_end_finds_its_place_again() -> None:
    before = SHIPPED["handling.bpmn"]
    lines = before.decode().splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if '<bpmn:userTask id="hear_petitioner"' in line)
    end = next(i for i in range(at, len(lines)) if "</bpmn:userTask>" in lines[i]) + 1
    last = next(i for i, line in enumerate(lines) if "</bpmn:process>" in line)
    moved = "".join([*lines[:at], *lines[end:last], *lines[at:end], *lines[last:]]).encode()

    assert moved != before
    assert canonical(moved, before) == before
    assert canonical(moved) != before


def test_a_new_name_is_one_line_of_difference() -> None:
    before = SHIPPED["routing.bpmn"]
    changed = canonical(before.replace("签收 (第二十三条)".encode(), "签收登记".encode()), before)
    lines = difflib.unified_diff(
        before.decode().splitlines(), changed.decode().splitlines(), n=0, lineterm=""
    )

    assert len([line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"}]) == 2


@pytest.mark.parametrize("data", [b"", b"<a", b"\xff\xfe", b"<!DOCTYPE a><a/>"])
def test_what_cannot_be_read_stays_as_it_is(data: bytes) -> None:
    assert canonical(data) == data


def _read(diagram: bytes) -> object:
    root = read_xml("d.bpmn", diagram, Findings())
    texts = [element.text for element in root.iter() if (element.text or "").strip()]
    return parse_drawing({"d.bpmn": root}), sorted(texts)
