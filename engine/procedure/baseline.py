"""The measure to beat: SpiffWorkflow as its manual has it, with its own serializer and nothing of ours.

The whole tree of tasks and the whole specification go into every document, so the cost of a step grows with the history.
For measuring only; no petition ever runs on it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from io import BytesIO

from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

_LIBRARY = "spiff"
_FAR = "2099-12-31"
_PAST = "2000-01-01"


class PlainSpiff:
    """One drawing, run by stock SpiffWorkflow. Timers must be dated 2099-12-31 in its ``timeDate``."""

    def __init__(self, diagram: bytes, process: str) -> None:
        # Its logger costs a quarter of a step even when nobody listens; the comparison is with a quiet one.
        logging.getLogger(_LIBRARY).setLevel(logging.CRITICAL)
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(BytesIO(diagram)).getroot())
        self._spec = parser.get_spec(process)
        self._inner = parser.get_subprocess_specs(process)
        self._serializer = BpmnWorkflowSerializer()

    def started(self) -> bytes:
        """A new workflow, run on to its first step, saved."""
        workflow = BpmnWorkflow(self._spec, self._inner)
        workflow.do_engine_steps()
        return self._saved(workflow)

    def stepped(self, document: bytes, answers: Mapping[str, object]) -> bytes:
        """The saved workflow with its first open step completed with *answers*, saved again."""
        workflow = self._serializer.deserialize_json(document.decode())
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.data.update(answers)
        task.run()
        workflow.do_engine_steps()
        workflow.refresh_timers()
        return self._saved(workflow)

    def fired(self, document: bytes) -> bytes:
        """The saved workflow, whose timers have passed, with its timers refreshed and their ways run, saved again."""
        workflow = self._serializer.deserialize_json(document.decode())
        workflow.refresh_timers()
        workflow.do_engine_steps()
        return self._saved(workflow)

    @staticmethod
    def passed(document: bytes) -> bytes:
        """The saved workflow as if every timer in it had passed: nobody waits until 2099 for a figure."""
        return document.replace(_FAR.encode(), _PAST.encode())

    def _saved(self, workflow: BpmnWorkflow) -> bytes:
        return str(self._serializer.serialize_json(workflow)).encode()
