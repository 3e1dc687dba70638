"""Two lawful modifications of the shipped procedure: free steps more, one less, steps renamed, limits and clocks changed."""

from __future__ import annotations

import re

from engine.bootstrap import shipped_source
from engine.procedure import Source

FORM = """
id = "{id}"
title = {{ zh = "{zh}", en = "{id}" }}

[[field]]
name = "notes"
label = {{ zh = "记录", en = "Notes" }}
kind = "long_text"

[[field]]
name = "result"
label = {{ zh = "结果", en = "Result" }}
kind = "choice"
fact = "{id}_result"
options = [
  {{ value = "clear", zh = "清楚", en = "Clear" }},
  {{ value = "unclear", zh = "不清楚", en = "Unclear" }},
]
"""
RENAMED = {"site_visit": "on_site", "investigate": "look_into", "visit_late": "on_site_late"}


class Redrawing:
    """A version in the making, from the shipped one."""

    def __init__(self) -> None:
        self.files = dict(shipped_source().files)

    def add_step(
        self, drawing: str, flow: str, step: str, *, role: str = "clerk", organ: str = "organ"
    ) -> Redrawing:
        """Put the free step *step* into the sequence flow *flow*."""
        text = self.files[drawing].decode()
        found = re.search(rf'<bpmn:sequenceFlow id="{flow}"[^>]*targetRef="(\w+)"', text)
        assert found, f"no flow {flow}"
        led = found[0].replace(f'targetRef="{found[1]}"', f'targetRef="{step}"')
        task = (
            f'<bpmn:userTask id="{step}" name="演示{step}" petition:form="{step}" petition:role="{role}" '
            f'petition:organ="{organ}" />'
            f'<bpmn:sequenceFlow id="after_{step}" sourceRef="{step}" targetRef="{found[1]}" />'
        )
        scope = text.rindex("<bpmn:sequenceFlow", 0, found.start() + 1)
        changed = text.replace(found[0], led)
        self.files[drawing] = (changed[:scope] + task + changed[scope:]).encode()
        self.files[f"forms/{step}.toml"] = FORM.format(id=step, zh=f"演示{step}").encode()
        return self

    def add_timer(self, drawing: str, host: str, event: str, **words: str) -> Redrawing:
        """Let a non-interrupting timer *event* listen beside *host*; it leads to an end of its own."""
        text = self.files[drawing].decode()
        spoken = " ".join(f'petition:{word}="{value}"' for word, value in words.items())
        drawn = (
            f'<bpmn:boundaryEvent id="{event}" name="演示{event}" attachedToRef="{host}" cancelActivity="false" {spoken}>'
            f'<bpmn:timerEventDefinition id="{event}_timer" /></bpmn:boundaryEvent>'
            f'<bpmn:endEvent id="{event}_end" />'
            f'<bpmn:sequenceFlow id="{event}_to_end" sourceRef="{event}" targetRef="{event}_end" />'
        )
        place = text.index(f'<bpmn:userTask id="{host}" ')
        self.files[drawing] = (text[:place] + drawn + text[place:]).encode()
        return self

    def rename(self, drawing: str, old: str, new: str) -> Redrawing:
        """Give the element *old* another id."""
        text = self.files[drawing].decode()
        for attribute in ("id", "sourceRef", "targetRef", "attachedToRef", "bpmnElement"):
            text = text.replace(f' {attribute}="{old}"', f' {attribute}="{new}"')
        self.files[drawing] = text.replace(f">{old}<", f">{new}<").encode()
        return self

    def source(self) -> Source:
        """The version."""
        return Source(self.files)


def first_version() -> Source:
    """With a free step before and one after the investigation, and an internal limit for the opinion."""
    return (
        Redrawing()
        .add_step("handling.bpmn", "hear_petitioner_to_investigate", "site_visit")
        .add_step("handling.bpmn", "investigate_to_verified", "gather")
        .add_step("supervision.bpmn", "supervise_again_to_supervise", "call_up", role="supervisor", organ="supervising_office")
        .add_timer("handling.bpmn", "site_visit", "visit_late", limit="9 days", within="T5")
        .add_timer("handling.bpmn", "issue_opinion", "opinion_slow", limit="10 working_days", within="T5")
        .add_timer("review.bpmn", "request_review", "still_open", limit="25 days")
        .source()
    )  # fmt: skip


def second_version() -> Source:
    """Two steps and a timer under other names, one free step gone and others new, limits shorter, longer, gone and new."""
    return (
        Redrawing()
        .add_step("handling.bpmn", "hear_petitioner_to_investigate", "site_visit")
        .add_step("handling.bpmn", "next_way_to_issue_opinion", "consult")
        .add_step("service.bpmn", "dispatch_to_prove_service", "seal_it", organ="server")
        .add_step("supervision.bpmn", "supervise_again_to_supervise", "call_up", role="supervisor", organ="supervising_office")
        .add_timer("handling.bpmn", "site_visit", "visit_late", limit="2 working_days", within="T5")
        .add_timer("handling.bpmn", "hear_petitioner", "hearing_slow", limit="3 days")
        .add_timer("handling.bpmn", "investigate", "handling_over", clock="T5")
        .add_timer("review.bpmn", "request_review", "still_open", limit="12 days")
        .rename("handling.bpmn", "site_visit", "on_site").rename("handling.bpmn", "visit_late", "on_site_late")
        .rename("handling.bpmn", "investigate", "look_into")
        .source()
    )  # fmt: skip
