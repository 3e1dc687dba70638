"""Cases made ready for a walk: what each writes where, also to the duties without a number that it calls up or ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from engine.drafting.proof.stage import LAPSED, NONE
from engine.drafting.proof.trees import Node, Tree
from engine.drafting.proof.verbs import ENDED, Case, Effect, Refusal
from engine.petition.forms import Field, FieldKind, Form
from engine.statute.duties import Happening, Owed

Writes = tuple[tuple[int, object], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """What is written where, in order, and the event that the drawing is told besides."""

    writes: Writes
    message: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """Something that can be done: an act with a choice, or a form with answers. ``tree`` leads to Move or Refusal."""

    word: str
    choice: tuple[tuple[str, str], ...]
    tree: Tree


def owed(rule: str) -> str:
    """The name under which it is remembered whether the duty *rule* is owed."""
    return f"owed:{rule}"


def decided(fact: str) -> str:
    """The name under which it is remembered that a decision table has decided *fact*."""
    return f"decided:{fact}"


class Deeds:
    """Makes cases ready for a store in which each name has its place (*index*)."""

    def __init__(self, index: Mapping[str, int], duties: Sequence[Owed]) -> None:
        self._index = index
        self._duties = duties
        self._ready: dict[tuple[str, int], object] = {}
        self._locks = {
            index[name.removeprefix(decided(""))]: at
            for name, at in index.items()
            if name.startswith(decided(""))
        }

    def of_case(self, case: Case) -> Option:
        """The option that *case* gives."""
        return Option(case.act, case.choice, self.ready(case.act, case.tree))

    def ready(self, act: str, tree: Tree) -> object:
        """*tree* with places of the store for names, as pairs of place and children, and a Move for each effect."""
        key = (act, id(tree))
        known = self._ready.get(key)
        if known is None:
            known = self._ready[key] = self._made_ready(act, tree)
        return known

    def _made_ready(self, act: str, tree: Tree) -> object:
        if isinstance(tree, Node):
            children = {value: self.ready(act, child) for value, child in tree.children.items()}
            return self._index[tree.name], children
        if isinstance(tree, Effect):
            return Move(tuple(self._all_written(act, tree)), tree.message)
        return tree

    def _all_written(self, act: str, effect: Effect) -> Iterator[tuple[int, object]]:
        for name, value in effect.writes:
            yield from self._place(name, value)
        facts = {name: value for name, value in effect.writes if not name.startswith("clock:")}
        happening = Happening(act=act, facts=facts, documents=effect.documents)
        for rule in self._duties:
            if rule.touched_by(happening):
                yield self._index[owed(rule.id)], rule.then(False, happening)

    def _place(self, name: str, value: object) -> Iterator[tuple[int, object]]:
        at = self._index.get(name)
        if at is not None:
            yield at, value

    def of_form(self, form: Form) -> tuple[Option, ...]:
        """A free step: every combination of the answers that become facts and that somebody reads."""
        asked = [one for one in form.fields if one.fact in self._index]
        found = []
        for values in product(*(_answers(one) for one in asked)):
            pairs = list(zip(asked, values, strict=True))
            writes = tuple(
                write for one, value in pairs for write in self._place(str(one.fact), value)
            )
            choice = tuple((one.name, _spelt(value)) for one, value in pairs if value is not None)
            found.append(Option(form.id, choice, Move(writes)))
        return tuple(found)

    def ended_by(self, option: Option) -> Iterator[int]:
        """Where the duties are remembered that *option* may end."""
        duties = {self._index[owed(rule.id)] for rule in self._duties}
        seen: set[int] = set()
        stack = [option.tree]
        while stack:
            one = stack.pop()
            if id(one) in seen:
                continue
            seen.add(id(one))
            if isinstance(one, Move):
                yield from (at for at, value in one.writes if at in duties and value is False)
            elif isinstance(one, tuple):
                stack.extend(one[1].values())

    def written(self, store: Sequence[object], writes: Writes) -> list[object]:
        """*store* after *writes*; a fact that a decision table has decided stays as decided."""
        found = list(store)
        for at, value in writes:
            if value == ENDED:
                if found[at] != LAPSED:
                    found[at] = NONE
            elif not self._locks or not self._locked(found, at):
                found[at] = value
        return found

    def _locked(self, store: Sequence[object], at: int) -> bool:
        lock = self._locks.get(at)
        return lock is not None and store[lock] is True

    def decided(self, store: list[object], outputs: Mapping[str, object]) -> None:
        """Write down in *store* what a decision table decided."""
        for name, value in outputs.items():
            for at, found in (*self._place(name, value), *self._place(decided(name), True)):
                store[at] = found


def leaf_of(tree: object, store: Sequence[object]) -> Move | Refusal:
    """Where *tree*, made ready, leads in *store*."""
    while type(tree) is tuple:
        tree = tree[1][store[tree[0]]]
    return tree  # type: ignore[return-value]


def _answers(field: Field) -> list[object]:
    if field.kind is FieldKind.BOOLEAN:
        return [True, False]
    unanswered = [] if field.required and field.when is None else [None]
    return [*(option.value for option in field.options), *unanswered]


def _spelt(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
