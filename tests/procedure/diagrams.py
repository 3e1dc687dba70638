"""Writes small BPMN diagrams: ``version(process("p", ...))`` gives a Source."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from engine.procedure import NAMESPACE, Source

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xmlns:petition="{NAMESPACE}" id="definitions" targetNamespace="urn:test">'
)
TAIL = "</bpmn:definitions>"

_OURS = {
    "act", "form", "role", "organ", "document", "stage", "clock", "limit", "within", "table",
}  # fmt: skip


def element(tag: str, id: str | None = None, inner: str = "", **attributes: object) -> str:
    """A BPMN element; our words get the namespace, ``name_`` style keywords lose the underscore."""
    given = {"id": id, **attributes}
    written = "".join(
        f" {'petition:' if name in _OURS else ''}{name.rstrip('_')}={quoteattr(str(value))}"
        for name, value in given.items()
        if value is not None
    )
    return f"<bpmn:{tag}{written}>{inner}</bpmn:{tag}>"


def task(id: str, **words: object) -> str:
    """A user task: a free step of the clerk of the organ, unless *words* say otherwise."""
    given = {"role": "clerk", "organ": "organ", **words}
    if "act" not in given and "form" not in given:
        given["form"] = "note"
    return element("userTask", id, **given)


def start(id: str = "begin", **words: object) -> str:
    return element("startEvent", id, **words)


def end(id: str = "done", *, terminate: bool = False) -> str:
    return element("endEvent", id, "<bpmn:terminateEventDefinition/>" if terminate else "")


def gateway(kind: str, id: str, default: str | None = None) -> str:
    """*kind* is exclusive, parallel, inclusive or eventBased."""
    return element(f"{kind}Gateway", id, default=default)


def timer(id: str, tag: str = "intermediateCatchEvent", **words: object) -> str:
    return element(tag, id, "<bpmn:timerEventDefinition/>", **words)


def message(id: str, act: str | None, tag: str = "intermediateCatchEvent", **words: object) -> str:
    return element(tag, id, "<bpmn:messageEventDefinition/>", act=act, **words)


def boundary(id: str, host: str, *, interrupting: bool = True, **words: object) -> str:
    """A boundary event: a message if *words* name an act, else a timer."""
    write = message if "act" in words else timer
    attributes = {"attachedToRef": host, **({} if interrupting else {"cancelActivity": "false"})}
    return write(id, tag="boundaryEvent", **attributes, **words)


def flow(source: str, target: str, condition: str | None = None, id: str | None = None) -> str:
    """A sequence flow named ``source__target`` unless *id* says otherwise."""
    inner = ""
    if condition is not None:
        inner = (
            '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
            f"{escape(condition)}</bpmn:conditionExpression>"
        )
    return element(
        "sequenceFlow", id or f"{source}__{target}", inner, sourceRef=source, targetRef=target
    )


def chain(*nodes: str) -> str:
    """Flows from each node to the next."""
    return "".join(flow(a, b) for a, b in itertools.pairwise(nodes))


def sub_process(id: str, *parts: str, **words: object) -> str:
    return element("subProcess", id, "".join(parts), **words)


def beside(id: str, act: str, *parts: str, interrupting: bool = False) -> str:
    """An event sub-process started by the standing act *act*."""
    begin = message(
        f"{id}_begin", act, "startEvent", isInterrupting="true" if interrupting else "false"
    )
    return element("subProcess", id, begin + "".join(parts), triggeredByEvent="true")


def call(id: str, process: str, **words: object) -> str:
    return element("callActivity", id, calledElement=process, **words)


def process(id: str, *parts: str, **words: object) -> str:
    return element("process", id, "".join(parts), isExecutable="true", **words)


def document(*processes: str) -> bytes:
    """The bytes of a BPMN file with these processes."""
    return (HEAD + "".join(processes) + TAIL).encode()


FORM = 'id = "{name}"\ntitle = {{ zh = "记录", en = "Note" }}\n'


def version(
    *processes: str, forms: Iterable[str] = (), files: dict[str, bytes] | None = None
) -> Source:
    """A version with one diagram that holds *processes*, and the form ``note``."""
    written = {f"forms/{name}.toml": FORM.format(name=name).encode() for name in ("note", *forms)}
    return Source({"test.bpmn": document(*processes), **written, **(files or {})})


def straight(id: str, *nodes: str, **words: object) -> str:
    """A process with a start, *nodes* (id of a task each) in a row, and an end."""
    names = [f"{id}_begin", *nodes, f"{id}_done"]
    return process(
        id, start(names[0]), *(task(node) for node in nodes), end(names[-1]), chain(*names), **words
    )
