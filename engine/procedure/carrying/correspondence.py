"""Which element of one version answers to which of another: by its id, or as the designer says who has renamed it.

Whether a token at an element can go on at its answer is decided here, too: both must mean the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.errors import BadInput
from engine.procedure.drawing import Drawing, Kind, Node, Scope, Trigger
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a petition cannot go on in another version: the element (or the fact) at fault, its name, and the reason."""

    element: str
    name: str
    why: Text


class Correspondence:
    """The answers between two versions. ``renamed`` leads from ids of the old one to ids of the new one."""

    def __init__(
        self, old: Drawing, new: Drawing, renamed: Mapping[str, str], limits: Mapping[str, str]
    ) -> None:
        """*limits* leads from aliases of limits to their ids. Raises BadInput where *renamed* names what is not there."""
        self.old = old
        self.new = new
        self._limits = limits
        self._nodes = {node.id: node for node in new.nodes()}
        self._renamed = dict(renamed)
        self._taken = frozenset(renamed.values())
        if faults := dict(self._faults()):
            raise BadInput(faults)

    def _faults(self) -> list[tuple[str, Text]]:
        before = {node.id for node in self.old.nodes()} | set(self.old.scopes)
        after = set(self._nodes) | set(self.new.scopes)
        found = [(one, _NO_OLD.filled(id=one)) for one in self._renamed if one not in before]
        found += [
            (one, _NO_NEW.filled(id=other))
            for one, other in self._renamed.items()
            if other not in after
        ]
        if len(self._taken) < len(self._renamed):
            found.append(("", _TWICE))
        return found

    def id(self, old: str) -> str | None:
        """The id of the element, sub-process or process of the new version that answers to *old*, if any does."""
        named = self._renamed.get(old)
        if named is not None:
            return named
        known = old in self._nodes or old in self.new.scopes
        return old if known and old not in self._taken else None

    def node(self, old: Node) -> Node | None:
        """The node that answers to *old*, whatever it has become."""
        return self._nodes.get(self.id(old.id) or "")

    def scope(self, old: str) -> Scope | None:
        """The scope that answers to the scope *old*."""
        return self.new.scopes.get(self.id(old) or "")

    def way_on(self, old: Node) -> Node | Text:
        """The node at which a token that is at *old* goes on, or why there is none."""
        there = self.node(old)
        if there is None:
            return REMOVED
        if there.kind is not old.kind or there.event_sub_process is not old.event_sub_process:
            return _OTHER_KIND
        if there.scope != self.id(old.scope):
            return _OTHER_SCOPE
        if old.kind is Kind.USER_TASK and there.act != old.act:
            return _OTHER_ACT
        if old.kind is Kind.CATCH and self.hears(there) != self.hears(old):
            return _OTHER_NEWS
        if old.kind is Kind.CALL and there.called != self.id(old.called or ""):
            return _OTHER_CALL
        return there

    def hears(self, event: Node) -> tuple[str, str]:
        """What *event* waits for: an act, a clock of the statute, or an internal limit whatever its length."""
        if event.trigger is Trigger.MESSAGE:
            return "act", event.words.get("act", "")
        if "clock" in event.words:
            return "clock", self._limits.get(event.words["clock"], event.words["clock"])
        return "limit", ""

    def same_event(self, old: Node, new: Node) -> bool:
        """Whether the boundary event *new* is the same as *old*: at the same activity, hearing the same."""
        host = self.id(old.attached_to or "")
        return new.kind is Kind.BOUNDARY and new.attached_to == host and self.same_news(old, new)

    def same_news(self, old: Node, new: Node) -> bool:
        """Whether both events wait for the same."""
        return self.hears(old) == self.hears(new)


REMOVED: Final = Text("新版流程图中没有这一环节", "the new drawings have no such element")
_OTHER_SCOPE = Text("在新版中处于另一层", "in the new drawings it lies in another scope")
_OTHER_KIND = Text("在新版中是另一类元素", "in the new drawings it is an element of another kind")
_OTHER_ACT = Text("在新版中办理的是另一行为", "in the new drawings it is another act")
_OTHER_NEWS = Text("在新版中等待的是另一件事", "in the new drawings it waits for something else")
_OTHER_CALL = Text("在新版中调用另一流程", "in the new drawings it calls another process")
_NO_OLD = Text("旧版中没有元素{id}", "the old drawings have no element {id}")
_NO_NEW = Text("新版中没有元素{id}", "the new drawings have no element {id}")
_TWICE = Text("两个元素不能对应同一个", "two elements cannot answer to the same one")

__all__ = ["Correspondence", "Obstacle"]
