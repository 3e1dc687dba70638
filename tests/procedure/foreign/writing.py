"""How files of other modelers are written for the tests: all words in them are ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = (
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
VENDORS = {
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "modeler": "http://camunda.org/schema/modeler/1.0",
    "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn",
    "spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core",
    "drools": "http://www.jboss.org/drools",
    "signavio": "http://www.signavio.com",
    "own": "http://demonstration.invalid/extension",
}


def document(
    body: str,
    *,
    prefix: str = "bpmn",
    vendors: Sequence[str] = (),
    attributes: str = "",
    declared: str = "UTF-8",
) -> str:
    """A file with *body*, in which ``b:`` stands for the prefix of BPMN (none: the default namespace)."""
    colon = f"{prefix}:" if prefix else ""
    spaces = " ".join(f'xmlns:{one}="{VENDORS[one]}"' for one in vendors)
    own = f'xmlns{":" + prefix if prefix else ""}="{BPMN}"'
    inside = body.replace("<b:", f"<{colon}").replace("</b:", f"</{colon}")
    inside = inside.replace('xsi:type="b:', f'xsi:type="{colon}')
    return (
        f'<?xml version="1.0" encoding="{declared}"?>\n<{colon}definitions {own} {_DI} {spaces} id="demo" '
        f'targetNamespace="http://demonstration.invalid/bpmn" {attributes}>{inside}</{colon}definitions>\n'
    )


def process(id: str, body: str, attributes: str = 'isExecutable="true"') -> str:
    """A process."""
    return f'<b:process id="{id}" name="演示流程" {attributes}>{body}</b:process>'


def chain(*elements: tuple[str, str, str], names: Mapping[str, str] | None = None) -> str:
    """Elements one after the other: (tag, id, what stands inside), with an attribute part after a blank in the tag."""
    names = names or {}
    written = [
        f'<b:{tag} id="{id}" name="{names.get(id, id)}">{inside}</b:{tag.split()[0]}>'
        for tag, id, inside in elements
    ]
    ids = [id for _, id, _ in elements]
    flows = [
        f'<b:sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}" />' for a, b in pairwise(ids)
    ]
    return "".join(written + flows)


def straight(prefix: str, *inside: tuple[str, str, str]) -> str:
    """A start, what is *inside*, and an end; ids begin with *prefix*."""
    return chain(
        ("startEvent", f"{prefix}_start", ""),
        *((tag, f"{prefix}_{id}", body) for tag, id, body in inside),
        ("endEvent", f"{prefix}_end", ""),
    )


def extension(body: str) -> str:
    """Extension elements."""
    return f"<b:extensionElements>{body}</b:extensionElements>"


def drawn(
    plane: str,
    boxes: Mapping[str, tuple[float, float, float, float]],
    lines: Mapping[str, str],
    name: str = "d",
) -> str:
    """A diagram: boxes, and lines as “x,y x,y”."""
    shapes = "".join(
        f'<bpmndi:BPMNShape id="{name}_{id}" bpmnElement="{id}"><dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}" />'
        "</bpmndi:BPMNShape>"
        for id, (x, y, w, h) in boxes.items()
    )
    edges = "".join(
        f'<bpmndi:BPMNEdge id="{name}_{id}" bpmnElement="{id}">'
        + "".join(
            '<di:waypoint x="{}" y="{}" />'.format(*point.split(",")) for point in points.split()
        )
        + "</bpmndi:BPMNEdge>"
        for id, points in lines.items()
    )
    return (
        f'<bpmndi:BPMNDiagram id="{name}"><bpmndi:BPMNPlane id="{name}_plane" bpmnElement="{plane}">'
        f"{shapes}{edges}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
