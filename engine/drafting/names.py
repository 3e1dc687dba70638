"""What the words of a drawing are called by people, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.acts.catalogue import ACTS
from engine.people.roles import ROLE_NAMES, SLOT_NAMES
from engine.procedure import Element
from engine.statute.law import Law
from engine.statute.provisions import DocumentRule
from engine.text import Text

STAGE_NAMES: Final[Mapping[str, Text]] = {
    "intake": Text("登记", "Intake"),
    "routing": Text("分流受理", "Routing"),
    "handling": Text("办理", "Handling"),
    "service": Text("送达", "Service"),
    "review": Text("复查", "Review"),
    "re_review": Text("复核", "Re-review"),
    "execution": Text("执行", "Execution"),
    "supervision": Text("督办", "Supervision"),
    "care": Text("帮扶疏导", "Care"),
    "closed": Text("办结", "Concluded"),
}
KIND_NAMES: Final[Mapping[str, Text]] = {
    "startEvent": Text("开始", "start"),
    "endEvent": Text("结束", "end"),
    "userTask": Text("环节", "step"),
    "businessRuleTask": Text("决策", "decision"),
    "subProcess": Text("子流程", "sub-process"),
    "callActivity": Text("调用", "call"),
    "exclusiveGateway": Text("排他网关", "exclusive gateway"),
    "parallelGateway": Text("并行网关", "parallel gateway"),
    "inclusiveGateway": Text("包容网关", "inclusive gateway"),
    "eventBasedGateway": Text("事件网关", "event-based gateway"),
    "intermediateCatchEvent": Text("等待事件", "event to wait for"),
    "intermediateThrowEvent": Text("里程碑", "milestone"),
    "boundaryEvent": Text("边界事件", "boundary event"),
}
_CLOCK: Final = Text("时钟", "clock")
_INTERNAL: Final = Text("内部期限", "internal limit")
_UNITS: Final = {
    "days": Text("{n}日", "{n} days"),
    "working_days": Text("{n}个工作日", "{n} working days"),
}


class Names:
    """Names in the words of one law."""

    def __init__(self, law: Law) -> None:
        self._law = law

    def act(self, id: str) -> Text:
        """The title of an act."""
        return ACTS[id].title if id in ACTS else _as_is(id)

    def limit(self, id: str) -> Text:
        """The number and title of a limit of the statute."""
        if not self._law.has_limit(id):
            return _as_is(id)
        return Text("{id} {title}", "{id} {title}").filled(
            id=id, title=self._law.limit_by_id(id).title
        )

    def document(self, kind: str) -> Text:
        """The title of a kind of document."""
        rule = self.rule(kind)
        return _as_is(kind) if rule is None else rule.title

    def rule(self, kind: str) -> DocumentRule | None:
        """What the law says of a kind of document; None of a kind that it does not know."""
        return next((rule for rule in self._law.documents() if rule.kind == kind), None)

    def amount(self, limit: str) -> Text:
        """An internal limit as it is written in a drawing: ``5 days``."""
        number, _, unit = limit.partition(" ")
        return _UNITS[unit].filled(n=number) if unit in _UNITS else _as_is(limit)

    def stage(self, stage: str) -> Text:
        """A stage of the procedure."""
        return STAGE_NAMES.get(stage, _as_is(stage))

    def who(self, slot: str | None, role: str | None) -> Text | None:
        """Who works on a step: a role at the organ that plays a part."""
        if slot is None or role is None:
            return None
        slots = {one.value: name for one, name in SLOT_NAMES.items()}
        roles = {one.value: name for one, name in ROLE_NAMES.items()}
        return Text("{slot}{role}", "{role} of the {slot}").filled(
            slot=slots.get(slot, _as_is(slot)), role=roles.get(role, _as_is(role))
        )

    def kind(self, element: Element) -> Text:
        """What kind of thing *element* is; a timer is called by what it listens to."""
        if element.clock is not None:
            return _CLOCK
        if element.limit is not None:
            return _INTERNAL
        return KIND_NAMES.get(element.kind, _as_is(element.kind))

    def element(self, element: Element) -> Text:
        """What *element* is called: its name, what it listens to, or its id."""
        if element.name:
            return _as_is(element.name)
        if element.clock is not None:
            return self.limit(element.clock)
        return self.amount(element.limit) if element.limit is not None else _as_is(element.id)


def _as_is(word: str) -> Text:
    return Text(word, word)
