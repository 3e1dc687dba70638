"""Files of other modelers are taken in, or refused in words; what is not ours is told and stays."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter
from contextlib import suppress

import pytest
from lxml import etree

from engine.errors import BadInput
from engine.procedure.canonical import canonical
from engine.procedure.findings import Findings
from engine.procedure.foreign import Fate, foreign_in, take_in
from engine.procedure.foreign.notes import Notes
from engine.procedure.foreign.reading import read_foreign
from engine.procedure.xml import BPMN, read_xml
from tests.procedure.foreign.samples import OPENED, REFUSED, octets

MOST_SECONDS, MOST_OCTETS = 5, 500_000_000


@pytest.mark.parametrize("name", OPENED)
def test_a_file_of_another_modeler_becomes_diagrams(name: str) -> None:
    for taken in take_in(f"{name}.bpmn", octets(OPENED[name])):
        root = read_xml(taken.path, taken.content, Findings())
        assert root is not None
        (process,) = root.iter(f"{{{BPMN}}}process")
        assert taken.path == f"{process.get('id')}.bpmn"
        assert canonical(taken.content) == taken.content
        assert _undrawn(root) == set()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_diagram_is_refused_with_what_to_do(name: str) -> None:
    content, words = REFUSED[name]
    with pytest.raises(BadInput) as refused:
        take_in(f"{name}.bpmn", octets(content))
    assert words in refused.value.fields["file"].en
    assert not {"{", "}"} & set(refused.value.fields["file"].zh)


@pytest.mark.parametrize("name", OPENED)
def test_what_other_products_wrote_is_told_and_stays(name: str) -> None:
    before = foreign_words(octets(OPENED[name]))
    taken = take_in(f"{name}.bpmn", octets(OPENED[name]))
    after = sum((foreign_words(one.content) for one in taken), Counter[str]())
    assert not before - after
    told = [one for diagram in taken for one in foreign_in(diagram.content)]
    assert bool(told) == bool(after)


def test_taking_in_is_quick_and_small() -> None:
    figures = {}
    tracemalloc.start()
    for name, content in {**OPENED, **{name: text for name, (text, _) in REFUSED.items()}}.items():
        tracemalloc.reset_peak()
        began = time.process_time()
        with suppress(BadInput):
            take_in(name, octets(content))
        figures[name] = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert max(seconds for seconds, _ in figures.values()) <= MOST_SECONDS
    assert max(peak for _, peak in figures.values()) <= MOST_OCTETS


def test_several_processes_become_a_diagram_each_and_message_flows_stay() -> None:
    asks, answers = take_in("talk.bpmn", octets(OPENED["pools and message flows"]))
    assert (asks.path, answers.path) == ("asks.bpmn", "answers.bpmn")
    for one in (asks, answers):
        root = etree.fromstring(one.content)
        pools = [
            (pool.get("id"), pool.get("processRef")) for pool in root.iter(f"{{{BPMN}}}participant")
        ]
        assert len(pools) == 3
        assert [process for _, process in pools if process] == [one.path[:-5]]
        assert len(list(root.iter(f"{{{BPMN}}}messageFlow"))) >= 2
    flow = etree.fromstring(asks.content).find(f".//{{{BPMN}}}messageFlow[@id='m_1']")
    assert flow is not None
    assert (flow.get("sourceRef"), flow.get("targetRef")) == ("a_send", "pool_b")
    assert {note.fate for note in asks.notes} == {Fate.TURNED}


def test_ids_that_the_draft_has_already_are_changed_with_all_that_refers_to_them() -> None:
    (first,) = take_in("plain.bpmn", octets(OPENED["plain, drawn"]))
    (second,) = take_in(
        "plain.bpmn", octets(OPENED["plain, drawn"]), {"plain", "p_work", "p_start_p_work"}
    )
    assert second.path == "plain_2.bpmn"
    assert b'sourceRef="p_work_2"' in second.content
    assert b'bpmnElement="p_work_2"' in second.content
    assert sum("the draft has one" in note.words.en for note in second.notes) == 3
    assert not any("the draft has one" in note.words.en for note in first.notes)


def foreign_words(data: bytes) -> Counter[str]:
    """Names, values and words of what is not BPMN, wherever in the file it stands."""
    root = read_foreign(data, Notes())
    found: Counter[str] = Counter()
    for element in root.iter():
        space = etree.QName(element).namespace or ""
        ours = "omg.org/spec" in space or "w3.org" in space
        if not ours:
            found[f"{element.tag} {(element.text or '').strip()}"] += 1
        for name, value in element.attrib.items():
            space = etree.QName(name).namespace or ""
            if (space and "w3.org" not in space) or not ours:
                found[f"{element.tag}@{name}={value}"] += 1
    return found


def _undrawn(root: etree._Element) -> set[str]:
    drawn = {
        one.get("bpmnElement") for one in root.iter("{http://www.omg.org/spec/BPMN/20100524/DI}*")
    }
    kinds = (
        "Task",
        "task",
        "Event",
        "Gateway",
        "Process",
        "transaction",
        "callActivity",
        "sequenceFlow",
        "participant",
    )
    return {
        one.get("id", "")
        for one in root.iter(f"{{{BPMN}}}*")
        if etree.QName(one).localname.endswith(kinds)
        and one.get("id") not in drawn
        and etree.QName(one).localname not in {"process"}
    }
