"""Whether a template prints every part that the law wants, whatever the parts hold: read off the template, not tried out.

Conditions of a template ask only whether a value is there. A mandatory part is always there (``completeness.py``), so what
stands under its own condition counts; what stands under any other has to stand in every branch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from jinja2 import TemplateError, nodes

from engine.documents.render import reading_environment
from engine.documents.templates import LAYOUT, ROOM, room_of
from engine.errors import DataError
from engine.statute.provisions import DocumentRule, Part

_ALWAYS_THERE: Final = frozenset(
    {"organ", "title", "cite", "kind", "issued_on", "recipient", "petition"}
)
_NEVER_EMPTY: Final = frozenset({"day", "line", "paragraphs", "rows"})
"""Filters that put words in the place of nothing."""


def omitted_parts(files: Mapping[str, bytes], rule: DocumentRule) -> tuple[Part, ...]:
    """The mandatory parts of a document that its template among *files* may leave out; none where it cannot be read."""
    try:
        templates = room_of(files)
        environment = reading_environment()
        tree = environment.parse(templates[f"{rule.kind}.html"])
        layout = environment.parse(templates.get(LAYOUT, ""))
    except (DataError, KeyError, TemplateError, RecursionError):
        return ()
    printed = _Reader(rule, tree).printed(layout if _extends(tree) else tree)
    return tuple(part for part in rule.parts if part.id not in printed)


def has_template(files: Mapping[str, bytes], kind: str) -> bool:
    """Whether there is a template for this *kind* of document among *files*."""
    return f"{ROOM}{kind}.html" in files


def _extends(tree: nodes.Template) -> bool:
    return any(isinstance(node, nodes.Extends) for node in tree.body)


class _Reader:
    def __init__(self, rule: DocumentRule, tree: nodes.Template) -> None:
        self._mandatory = set(rule.mandatory)
        self._blocks = {block.name: block.body for block in tree.find_all(nodes.Block)}
        self._rows: dict[str, str] = {}

    def printed(self, tree: nodes.Template) -> set[str]:
        """The mandatory parts that *tree* prints in any case."""
        return self._all(tree.body)

    def _all(self, body: Iterable[nodes.Node]) -> set[str]:
        return set().union(*map(self._by, body))

    def _by(self, node: nodes.Node) -> set[str]:
        match node:
            case nodes.Output():
                return set().union(*map(self._shown, node.nodes))
            case nodes.Block():
                return self._all(self._blocks.get(node.name, node.body))
            case nodes.If():
                return self._either(self._holds(node.test), self._all(node.body), self._rest(node))
            case nodes.For():
                return self._by_rows(node)
            case _:
                return set()

    def _rest(self, node: nodes.If) -> set[str]:
        """What the branches after the first print in any case."""
        rest = self._all(node.else_)
        for branch in reversed(node.elif_):
            rest = self._either(self._holds(branch.test), self._all(branch.body), rest)
        return rest

    def _by_rows(self, node: nodes.For) -> set[str]:
        """A loop over the rows of a text runs at least once; any other may not run at all."""
        over = node.iter
        if node.test is not None or not (isinstance(over, nodes.Filter) and over.name == "rows"):
            return set()
        part = _part(over.node)
        if part is None or not isinstance(node.target, nodes.Name):
            return self._all(node.body)
        self._rows[node.target.name] = part
        found = self._all(node.body)
        del self._rows[node.target.name]
        return found

    def _shown(self, node: nodes.Node | None) -> set[str]:
        """The mandatory parts that a value shows in any case."""
        match node:
            case nodes.Filter():
                return self._shown(node.node)
            case nodes.CondExpr():
                return self._either(
                    self._holds(node.test), self._shown(node.expr1), self._shown(node.expr2)
                )
            case nodes.Name():
                return (
                    {self._rows[node.name]} & self._mandatory if node.name in self._rows else set()
                )
            case nodes.Or():
                return self._shown(node.left) if self._holds(node.left) else set()
            case _:
                part = _part(node)
                return {part} & self._mandatory if part is not None else set()

    @staticmethod
    def _either(holds: bool | None, one: set[str], other: set[str]) -> set[str]:
        return one & other if holds is None else one if holds else other

    def _holds(self, node: nodes.Node | None) -> bool | None:
        """Whether a condition holds whenever the mandatory parts are there; None: it may or may not."""
        match node:
            case nodes.Const():
                return bool(node.value)
            case nodes.Name():
                return True if node.name in _ALWAYS_THERE or node.name in self._rows else None
            case nodes.Getattr():
                return True if _part(node) in self._mandatory else None
            case nodes.Filter():
                return True if node.name in _NEVER_EMPTY else None
            case nodes.Not():
                inner = self._holds(node.node)
                return None if inner is None else not inner
            case nodes.And():
                return _both(self._holds(node.left), self._holds(node.right))
            case nodes.Or():
                negated = _both(_not(self._holds(node.left)), _not(self._holds(node.right)))
                return _not(negated)
            case _:
                return None


def _part(node: nodes.Node | None) -> str | None:
    """The part that ``part.request`` names."""
    if (
        isinstance(node, nodes.Getattr)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "part"
    ):
        return node.attr
    return None


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one
