"""What differs between two versions of the procedure, in words: a change note that nobody has to write.

Pure over two loaded versions. Where an element lies on the paper is no difference; what it means is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from engine.drafting.names import Names
from engine.procedure import Element, Flow, Procedure
from engine.text import Text

ADDED, REMOVED, CHANGED, MOVED, RENAMED = "added", "removed", "changed", "moved", "renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: ``how`` (added, removed, changed, moved, renamed), in which file, of which element, in words."""

    how: str
    file: str
    words: Text
    element: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aspect:
    """Something that can differ while the element stays: how it is read, what it is called."""

    title: Text
    read: Callable[[_Side, Element], Text | None]
    how: str = CHANGED


class _Side:
    """One of the two versions, ready to be asked."""

    def __init__(self, procedure: Procedure, names: Names) -> None:
        self.names = names
        self.elements = {one.id: one for one in procedure.elements()}
        self.flows = {(one.source, one.target): one for one in procedure.flows()}
        self._scopes = procedure.drawing.scopes
        self._nodes = {node.id: node for node in procedure.drawing.nodes()}
        self.processes = {
            scope.id: (scope.file, scope.name) for scope in procedure.drawing.processes()
        }

    def file(self, element: Element) -> str:
        return self._scopes[element.scope].file

    def called(self, id: str | None) -> Text | None:
        """What the element, process or flow *id* is called."""
        if id is None:
            return None
        if id in self.elements:
            return self.names.element(self.elements[id])
        return Text(*(2 * (self.processes.get(id, ("", id))[1] or id,)))

    def lane(self, element: Element) -> Text | None:
        lane = self._nodes[element.id].lane
        return Text(lane.name or lane.id, lane.name or lane.id) if lane else None

    def stage(self, element: Element) -> Text | None:
        """The innermost stage in which *element* lies."""
        stage, scope = element.stage, self._scopes.get(element.scope)
        while stage is None and scope is not None:
            stage = scope.words.get("stage")
            scope = self._scopes.get(scope.parent) if scope.parent else None
        return self.names.stage(stage) if stage else None

    def default(self, element: Element) -> Text | None:
        chosen = self._nodes[element.id].default
        target = next((one.target for one in self.flows.values() if one.id == chosen), None)
        return self.called(target)


def changes(before: Procedure, after: Procedure, names: Names) -> tuple[Change, ...]:
    """Every difference in meaning between the drawings of two versions, file by file."""
    was, now = _Side(before, names), _Side(after, names)
    found = [*_processes(was, now), *_elements(was, now), *_flows(was, now)]
    return tuple(sorted(found, key=lambda change: change.file))


def _processes(was: _Side, now: _Side) -> Iterator[Change]:
    for id in sorted(was.processes.keys() | now.processes.keys()):
        old, new = was.processes.get(id), now.processes.get(id)
        if old is None and new is not None:
            yield Change(how=ADDED, file=new[0], words=_PROCESS_ADDED.filled(name=new[1] or id))
        elif new is None and old is not None:
            yield Change(how=REMOVED, file=old[0], words=_PROCESS_REMOVED.filled(name=old[1] or id))
        elif old is not None and new is not None and old[1] != new[1]:
            words = _RENAMED.filled(kind=_PROCESS, was=old[1] or id, now=new[1] or id)
            yield Change(how=RENAMED, file=new[0], words=words)


def _elements(was: _Side, now: _Side) -> Iterator[Change]:
    for id, element in now.elements.items():
        if id not in was.elements:
            yield Change(
                how=ADDED, file=now.file(element), element=id, words=_told(_ADDED, now, element)
            )
            continue
        old = was.elements[id]
        if old.name != element.name:
            words = _RENAMED.filled(
                kind=now.names.kind(element), was=was.called(id), now=now.called(id)
            )
            yield Change(how=RENAMED, file=now.file(element), element=id, words=words)
        for aspect in _ASPECTS:
            a, b = aspect.read(was, old), aspect.read(now, element)
            if a != b:
                words = _differs(a, b).filled(
                    kind=now.names.kind(element),
                    name=now.called(id),
                    aspect=aspect.title,
                    was=a,
                    now=b,
                )
                yield Change(how=aspect.how, file=now.file(element), element=id, words=words)
    for id, element in was.elements.items():
        if id not in now.elements:
            words = _told(_REMOVED, was, element)
            yield Change(how=REMOVED, file=was.file(element), element=id, words=words)


def _told(sentence: Text, side: _Side, element: Element) -> Text:
    """*sentence* about an element, with everything that it says of itself."""
    said = [
        _SAID.filled(aspect=aspect.title, now=value)
        for aspect in _ASPECTS
        if aspect.how == CHANGED
        and aspect.title is not _KIND
        and (value := aspect.read(side, element))
    ]
    detail = Text(",".join(one.zh for one in said), ", ".join(one.en for one in said))
    told = sentence.filled(kind=side.names.kind(element), name=side.called(element.id))
    return _DETAILED.filled(told=told, detail=detail) if said else told


def _flows(was: _Side, now: _Side) -> Iterator[Change]:
    led = {one.id: one for one in was.flows.values()}
    turned = {
        one.id: led[one.id]
        for ends, one in now.flows.items()
        if one.id in led and ends not in was.flows and (led[one.id].source, led[one.id].target) not in now.flows
    }  # fmt: skip
    for ends in sorted(was.flows.keys() | now.flows.keys()):
        new, old = now.flows.get(ends), was.flows.get(ends)
        if new is not None and new.id in turned:
            old = turned[new.id]
        elif old is not None and old.id in turned:
            continue
        side = was if new is None else now
        flow = side.flows[ends]
        told = _flow_words(old, new)
        if told is not None:
            said = told[1].filled(
                source=side.called(flow.source), target=side.called(flow.target),
                was=_condition(old), now=_condition(new), from_=was.called(old.source if old else None),
                to=was.called(old.target if old else None),
            )  # fmt: skip
            file = side.file(side.elements[flow.source])
            yield Change(how=told[0], file=file, element=flow.id, words=said)


def _flow_words(old: Flow | None, new: Flow | None) -> tuple[str, Text] | None:
    if old is None:
        return ADDED, _FLOW_ADDED_IF if new and new.condition else _FLOW_ADDED
    if new is None:
        return REMOVED, _FLOW_REMOVED
    if (old.source, old.target) != (new.source, new.target):
        return MOVED, _FLOW_TURNED_IF if old.condition != new.condition else _FLOW_TURNED
    return None if old.condition == new.condition else (CHANGED, _FLOW_CHANGED)


def _condition(flow: Flow | None) -> Text:
    if flow is None or flow.condition is None:
        return Text("无条件", "no condition")
    return Text(flow.condition, flow.condition)


def _differs(was: Text | None, now: Text | None) -> Text:
    if was is None:
        return _GAINED
    return _LOST if now is None else _TURNED


def _word(name: str, call: Callable[[Names, str], Text]) -> Callable[[_Side, Element], Text | None]:
    def read(side: _Side, element: Element) -> Text | None:
        value: str | None = getattr(element, name)
        return call(side.names, value) if value else None

    return read


def _plain(names: Names, value: str) -> Text:
    return Text(value, value)


_KIND: Final = Text("类型", "kind")
_PROCESS: Final = Text("流程", "process")
_YES, _NO = Text("是", "yes"), Text("否", "no")
_ASPECTS: Final[tuple[_Aspect, ...]] = (
    _Aspect(title=_KIND, read=lambda side, one: side.names.kind(one)),
    _Aspect(
        title=Text("所在流程", "place"),
        read=lambda side, one: side.called(one.scope),
        how=MOVED,
    ),
    _Aspect(title=Text("泳道", "lane"), read=lambda side, one: side.lane(one), how=MOVED),
    _Aspect(title=Text("阶段", "stage"), read=lambda side, one: side.stage(one), how=MOVED),
    _Aspect(
        title=Text("承办", "done by"),
        read=lambda side, one: side.names.who(one.slot, one.role) if one.kind == "userTask" else None,
    ),
    _Aspect(title=Text("法定行为", "act"), read=_word("act", Names.act)),
    _Aspect(title=Text("表单", "form"), read=_word("form", _plain)),
    _Aspect(title=Text("文书", "document"), read=_word("document", Names.document)),
    _Aspect(title=Text("时钟", "clock"), read=_word("clock", Names.limit)),
    _Aspect(title=Text("内部期限", "internal limit"), read=_word("limit", Names.amount)),
    _Aspect(title=Text("不晚于", "within"), read=_word("within", Names.limit)),
    _Aspect(title=Text("决策表", "table"), read=_word("table", _plain)),
    _Aspect(title=Text("调用的流程", "called process"), read=lambda side, one: side.called(one.called)),
    _Aspect(title=Text("附于", "attached to"), read=lambda side, one: side.called(one.attached_to)),
    _Aspect(
        title=Text("中断所附环节", "interrupting"),
        read=lambda side, one: (_YES if one.interrupting else _NO) if one.attached_to else None,
    ),
    _Aspect(title=Text("默认去向", "default way"), read=lambda side, one: side.default(one)),
)  # fmt: skip

_PROCESS_ADDED: Final = Text("新增流程“{name}”", "the process “{name}” was added")
_PROCESS_REMOVED: Final = Text("删去流程“{name}”", "the process “{name}” was removed")
_ADDED: Final = Text("新增{kind}“{name}”", "added: {kind} “{name}”")
_REMOVED: Final = Text("删去{kind}“{name}”", "removed: {kind} “{name}”")
_DETAILED: Final = Text("{told}({detail})", "{told} ({detail})")
_SAID: Final = Text("{aspect}:{now}", "{aspect}: {now}")
_RENAMED: Final = Text("{kind}“{was}”改名为“{now}”", "{kind} “{was}” is now called “{now}”")
_TURNED: Final = Text(
    "{kind}“{name}”的{aspect}由“{was}”改为“{now}”",
    "{kind} “{name}”: {aspect} changed from “{was}” to “{now}”",
)
_GAINED: Final = Text(
    "{kind}“{name}”增加{aspect}“{now}”", "{kind} “{name}”: {aspect} “{now}” was added"
)
_LOST: Final = Text(
    "{kind}“{name}”取消{aspect}“{was}”", "{kind} “{name}”: {aspect} “{was}” was taken away"
)
_FLOW_ADDED: Final = Text("新增流向:“{source}”→“{target}”", "new way: “{source}” → “{target}”")
_FLOW_ADDED_IF: Final = Text(
    "新增流向:“{source}”→“{target}”,条件 {now}", "new way: “{source}” → “{target}” if {now}"
)
_FLOW_REMOVED: Final = Text(
    "删去流向:“{source}”→“{target}”", "way taken out: “{source}” → “{target}”"
)
_FLOW_CHANGED: Final = Text(
    "流向“{source}”→“{target}”的条件由 {was} 改为 {now}",
    "condition of the way “{source}” → “{target}” changed from {was} to {now}",
)
_FLOW_TURNED: Final = Text(
    "流向“{from_}”→“{to}”改为“{source}”→“{target}”",
    "the way “{from_}” → “{to}” now leads “{source}” → “{target}”",
)
_FLOW_TURNED_IF: Final = Text(
    "流向“{from_}”→“{to}”改为“{source}”→“{target}”,条件由 {was} 改为 {now}",
    "the way “{from_}” → “{to}” now leads “{source}” → “{target}”; its condition changed from {was} to {now}",
)
