"""One scope: its rows, from the old drawing to the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from engine.procedure.carrying.crossing import DUE, Crossing, Token
from engine.procedure.carrying.standstill import before_joins, joins_without_end
from engine.procedure.drawing import ACTIVITIES, Kind, Node, Scope
from engine.procedure.spiff.codec import Row
from engine.procedure.spiff.naming import END, JOIN, SPLIT, end_of, join_of, parted, split_of
from engine.procedure.spiff.reckoning import ticks
from engine.procedure.spiff.states import COMPLETED, WAITING
from engine.text import Text

_GATHERING: Final = frozenset({Kind.PARALLEL, Kind.INCLUSIVE})


@dataclass(slots=True)
class _Visit:
    """A visit to an activity that has boundary events: those that are accounted for, and what it all began under."""

    host: str
    parent: int
    known: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Marking:
    """Where the tokens of a scope are: at elements, and arrived at joins (from where)."""

    places: Counter[str] = field(default_factory=Counter)
    arrivals: Counter[tuple[str, str]] = field(default_factory=Counter)

    def stuck_in(self, scope: Scope) -> frozenset[str] | None:
        return joins_without_end(scope, self.places, self.arrivals)


class Passage:
    """The rows of one scope, from its old drawing to its new one."""

    def __init__(self, crossing: Crossing, old: Scope, new: Scope) -> None:
        self._crossing = crossing
        self._answers = crossing.answers
        self._old = old
        self._new = new
        self._home: dict[int, int] = {}
        """Where the children of a row that is left out belong."""
        self._visits: dict[int, _Visit] = {}
        """By the number of the split with which each visit begins."""
        self._happened: dict[int, int] = {}
        """Boundary events that are left out because they happened, each with the split of its visit."""
        self._before = _Marking()
        self._after = _Marking()

    def carried(self, rows: list[Row]) -> Iterator[Row]:
        """The rows in the new drawing, parents first."""
        for row in rows:
            token = Token.of(row)
            above = token.parent
            token.parent = self._home.get(above, above)
            element, part = parted(token.spec)
            if part == END:
                token.spec = end_of(self._new.id)
                kept = True
            elif part == SPLIT:
                kept = self._split(token, element)
            elif part == JOIN:
                kept = self._join(token, element, above)
            elif element in self._old.by_id:
                yield from self._element(token, self._old.by_id[element])
                continue
            else:
                kept = True  # the engine's own beginning and end
            if kept:
                yield token.row()
            else:
                self._home[token.number] = token.parent
        yield from self._new_events()
        self._look_ahead()

    def _host(self, old: str) -> str | None:
        """The activity that answers to *old*, if boundary events are attached to it."""
        new = self._answers.id(old)
        return new if new in self._new.attached else None

    def _split(self, token: Token, element: str) -> bool:
        host = self._host(element)
        if host is None:
            return False
        token.spec = split_of(host)
        self._visits[token.number] = _Visit(host, token.parent)
        return True

    def _join(self, token: Token, element: str, above: int) -> bool:
        """Where what a boundary event has led to waits for the end of the activity."""
        host = self._host(element)
        if host is None or (above in self._home and above not in self._happened):
            return False
        token.spec = join_of(host)
        token.parent = self._happened.get(above, token.parent)
        return True

    def _element(self, token: Token, old: Node) -> Iterator[Row]:
        if old.kind is Kind.BOUNDARY:
            kept = self._boundary(token, old)
        else:
            yield from self._visit(token, old)
            kept = self._active(token, old)
        if kept:
            yield token.row()
        else:
            visit = self._visits.get(token.parent)
            self._home[token.number] = visit.parent if visit else token.parent

    def _boundary(self, token: Token, old: Node) -> bool:
        new, visit = self._answers.node(old), self._visits.get(token.parent)
        if new is None or visit is None or not self._answers.same_event(old, new):
            if token.state == WAITING:
                self._crossing.ended.append(old)
            return False
        visit.known.add(new.id)
        if token.state != WAITING and new.interrupting:
            # It has happened, and that did not end the activity: it shall not do so now.
            self._happened[token.number] = token.parent
            return False
        token.spec = new.id
        self._remember(token, old, new)
        return True

    def _visit(self, token: Token, old: Node) -> Iterator[Row]:
        """Where the activity gains its first boundary event: the beginning that it would have had with it."""
        host = self._host(old.id)
        if old.kind not in ACTIVITIES or host is None or token.parent in self._visits:
            return
        split = Token(
            self._crossing.take_number(), token.parent, split_of(host), COMPLETED, token.since, {}
        )
        self._visits[split.number] = _Visit(host, token.parent)
        token.parent = split.number
        yield split.row()

    def _active(self, token: Token, old: Node) -> bool:
        new = self._answers.way_on(old)
        if isinstance(new, Text):
            self._crossing.stop(old.id, old.name, new)
            return False
        token.spec = new.id
        self._remember(token, old, new)
        if new.kind in _GATHERING and token.state == WAITING:
            return self._arrived(token, old, new)
        self._before.places[old.id] += 1
        self._after.places[new.id] += 1
        return True

    def _arrived(self, token: Token, old: Node, new: Node) -> bool:
        before = str(token.memory["from"])
        way = self._answers.id(before)
        if way not in {line.source for line in self._new.entering[new.id]}:
            name = self._old.by_id[before].name or before
            self._crossing.stop(old.id, old.name, _NO_WAY.filled(way=name))
            return False
        token.memory["from"] = way
        self._before.arrivals[old.id, before] += 1
        self._after.arrivals[new.id, str(way)] += 1
        return True

    def _remember(self, token: Token, old: Node, new: Node) -> None:
        """What *token* remembers, with the names of the new drawing."""
        memory, token.memory = token.memory, {}
        for name, value in memory.items():
            if not name.startswith(DUE):
                token.memory[name] = value
        if token.memory.get("heard"):
            token.memory["heard"] = self._answers.id(token.memory["heard"])
        was, now_is = _listeners(self._old, old), _listeners(self._new, new)
        for event in now_is:
            before = next((one for one in was if self._answers.id(one.id) == event.id), None)
            if before is not None and self._answers.same_news(before, event):
                self._crossing.goes_on(token, before, event, memory.get(DUE + before.id))
                was = [one for one in was if one is not before]
            else:
                self._crossing.begins(token, event)
        self._crossing.ended.extend(was)

    def _new_events(self) -> Iterator[Row]:
        """The boundary events that begin to listen now, at every visit to their activity."""
        for split, visit in self._visits.items():
            for event in self._new.attached[visit.host]:
                if event.id not in visit.known:
                    number = self._crossing.take_number()
                    since = ticks(self._crossing.now)
                    token = Token(number, split, event.id, WAITING, since, {})
                    self._crossing.begins(token, event)
                    yield token.row()

    def _look_ahead(self) -> None:
        """Refuse to go on towards a join that may wait for ever, unless that was so before."""
        if self._crossing.obstacles or self._same_ways():
            return
        stuck = self._after.stuck_in(self._new)
        if stuck:
            stuck -= {self._answers.id(join) for join in self._before.stuck_in(self._old) or ()}
        if stuck is None:
            self._crossing.stop(self._new.id, self._new.name, _UNDECIDED)
            return
        for join in sorted(stuck):
            self._crossing.stop(join, self._new.by_id[join].name, _WAITS_FOR_EVER)

    def _same_ways(self) -> bool:
        """Whether tokens come to the parallel joins of both drawings alike."""
        part = before_joins(self._new)
        id = {one: self._answers.id(one) for one in before_joins(self._old)}
        before = {
            (id[one.id], one.kind, one.interrupting) for one in self._old.nodes if one.id in id
        }
        after = {(one.id, one.kind, one.interrupting) for one in self._new.nodes if one.id in part}
        led = {(id[one.source], id[one.target]) for one in self._old.lines if one.target in id}
        leads = {(one.source, one.target) for one in self._new.lines if one.target in part}
        return (before, led) == (after, leads)


def _listeners(scope: Scope, node: Node) -> list[Node]:
    """The events that a token at *node* listens to: its own, or those after an event-based gateway."""
    if node.kind is Kind.EVENT_BASED:
        return [scope.by_id[line.target] for line in scope.leaving[node.id]]
    return [node] if node.kind in {Kind.BOUNDARY, Kind.CATCH} else []


_NO_WAY = Text(
    "已从「{way}」到达此处汇合,新版中没有这一入口",
    "an arrival from “{way}” waits here, and in the new drawings there is no such way in",
)
_WAITS_FOR_EVER = Text(
    "按新版,此处汇合可能永远等不齐各支路",
    "in the new drawings this join may wait for ever for one of its ways in",
)
_UNDECIDED = Text(
    "支路过多,无法确认汇合能否完成", "too many branches to tell whether its joins can be reached"
)
