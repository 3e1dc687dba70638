"""The drawing of a version as a BPMN file that mining tools turn into a Petri net; its labels are the names of events."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from engine.audit.course import map_of
from engine.audit.events.flat import Flat, lay_flat
from engine.procedure.procedure import Procedure

_NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def model_of(procedure: Procedure, process: str) -> bytes:
    """The process of this version, laid flat, as BPMN. Raises BadInput where it cannot be."""
    return _written(lay_flat(procedure.drawing, map_of(procedure), process)).encode()


def _written(flat: Flat) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<bpmn:definitions xmlns:bpmn="{_NAMESPACE}" id="laid_flat" targetNamespace="urn:petition:laid-flat:1">',
        f'<bpmn:process id={quoteattr(flat.id)} isExecutable="false">',
    ]
    flows = {f"f{number}": flow for number, flow in enumerate(flat.flows, start=1)}
    for id, (form, name) in flat.nodes.items():
        lines.append(f"<bpmn:{form} id={quoteattr(id)} name={quoteattr(name)}>")
        lines += [
            f"<bpmn:incoming>{flow}</bpmn:incoming>"
            for flow, (_, target) in flows.items()
            if target == id
        ]
        lines += [
            f"<bpmn:outgoing>{flow}</bpmn:outgoing>"
            for flow, (source, _) in flows.items()
            if source == id
        ]
        lines.append(f"</bpmn:{form}>")
    lines += [
        f'<bpmn:sequenceFlow id="{flow}" sourceRef={quoteattr(source)} targetRef={quoteattr(target)}/>'
        for flow, (source, target) in flows.items()
    ]
    lines += ["</bpmn:process>", "</bpmn:definitions>", ""]
    return "\n".join(lines)
