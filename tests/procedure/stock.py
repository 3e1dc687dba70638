"""The same diagrams on SpiffWorkflow as it comes: its parser, its engine, nothing of ours.

Clocks and standing acts become messages of that name; conditions are read from the facts by Python itself.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition

from engine.procedure import NAMESPACE

_BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


class _FactsEngine(PythonScriptEngine):
    def __init__(self) -> None:
        super().__init__()
        self.facts: dict[str, object] = {}

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        names = dict.fromkeys(("c1", "c2", "c3", "c4", "again", "urgent"), False)
        return eval(
            expression, {"true": True, "false": False, "route": None, **names, **self.facts}
        )


def _translated(document: bytes) -> Any:
    root = etree.fromstring(document)
    words: set[str] = set()
    for event in list(root.iter()):
        word = event.get(f"{{{NAMESPACE}}}clock") or event.get(f"{{{NAMESPACE}}}act")
        definition = next(
            (c for c in event if etree.QName(c).localname.endswith("EventDefinition")), None
        )
        if word is None or definition is None:
            continue
        event.remove(definition)
        event.append(etree.Element(f"{{{_BPMN}}}messageEventDefinition", messageRef=f"m_{word}"))
        words.add(word)
    for word in sorted(words):
        root.insert(0, etree.Element(f"{{{_BPMN}}}message", id=f"m_{word}", name=word))
    return root


class Stock:
    """A process on stock SpiffWorkflow."""

    def __init__(self, document: bytes, process: str = "p") -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(_translated(document))
        self._engine = _FactsEngine()
        specs = parser.get_spec(process), parser.get_subprocess_specs(process)
        self._workflow = BpmnWorkflow(*specs, script_engine=self._engine)
        self._workflow.do_engine_steps()

    def _ready(self) -> list[Any]:
        return list(self._workflow.get_tasks(state=TaskState.READY, manual=True))

    @property
    def open(self) -> list[str]:
        return [task.task_spec.name for task in self._ready()]

    @property
    def finished(self) -> bool:
        return bool(self._workflow.is_completed())

    def complete(self, index: int, facts: dict[str, object]) -> None:
        self._engine.facts = facts
        self._ready()[index].run()
        self._workflow.do_engine_steps()

    def send(self, word: str, facts: dict[str, object]) -> None:
        self._engine.facts = facts
        self._workflow.catch(BpmnEvent(MessageEventDefinition(word), {}))
        self._workflow.do_engine_steps()
        self._workflow.get_events()
