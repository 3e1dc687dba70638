"""The language of gateway conditions: names of facts, literals, not, and, or, ==, !=, in (…), parentheses. Nothing else.

A condition is read once, when its diagram is loaded, checked against the declared facts and turned into a function.
No text of a drawing ever reaches Python's own parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.procedure.vocabulary import FactKind, FactWord
from engine.text import Text

Facts = Mapping[str, object]
Holds = Callable[[Facts], bool]

_LONGEST: Final = 1000
_DEEPEST: Final = 25
_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<text>"[^"\\\x00-\x1f]*"|'[^'\\\x00-\x1f]*')|(?P<sign>==|!=|[(),]))"""
)
_WORDS: Final = frozenset({"not", "and", "or", "in", "true", "false"})


class Unacceptable(Exception):
    """A condition that does not belong to the language; ``text`` says why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition ready for use: ``holds(facts)``, and the names it asks for."""

    text: str
    names: frozenset[str]
    holds: Holds


def compile_condition(text: str, facts: Mapping[str, FactWord]) -> Condition:
    """The condition written as *text* over the declared *facts*. Raises Unacceptable."""
    if len(text) > _LONGEST:
        raise Unacceptable(
            f"条件长于{_LONGEST}字", f"the condition is longer than {_LONGEST} characters"
        )
    reader = _Reader(_tokens(text), facts)
    holds = reader.either(0)
    if reader.ahead is not None:
        raise Unacceptable(f"多余的“{reader.ahead}”", f"{reader.ahead!r} was not expected here")
    return Condition(text.strip(), frozenset(reader.names), holds)


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    text = text.rstrip()
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            sign = text[at:].lstrip()[:12]
            raise Unacceptable(
                f"不认识“{sign}”", f"{sign!r} is not part of the language of conditions"
            )
        tokens.append(match[match.lastgroup or 0])
        at = match.end()
    return tokens


class _Reader:
    """A recursive-descent reader; the nesting is bounded, so that it cannot exhaust the stack."""

    def __init__(self, tokens: list[str], facts: Mapping[str, FactWord]) -> None:
        self._tokens = tokens
        self._at = 0
        self._facts = facts
        self.names: set[str] = set()

    @property
    def ahead(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def either(self, depth: int) -> Holds:
        if depth > _DEEPEST:
            raise Unacceptable("括号套得太深", "the parentheses are nested too deeply")
        parts = [self._both(depth)]
        while self._took("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else lambda facts: any(part(facts) for part in parts)

    def _both(self, depth: int) -> Holds:
        parts = [self._negation(depth)]
        while self._took("and"):
            parts.append(self._negation(depth))
        return parts[0] if len(parts) == 1 else lambda facts: all(part(facts) for part in parts)

    def _negation(self, depth: int) -> Holds:
        negative = False
        while self._took("not"):
            negative = not negative
        part = self._claim(depth)
        return (lambda facts: not part(facts)) if negative else part

    def _claim(self, depth: int) -> Holds:
        if self._took("("):
            inner = self.either(depth + 1)
            self._need(")")
            return inner
        token = self._next()
        if token in {"true", "false"}:
            value = token == "true"
            return lambda facts: value
        if _is_text(token):
            raise Unacceptable(
                "值要写在事实名之后", "write the name of the fact first, then the value"
            )
        return self._about(token)

    def _about(self, name: str) -> Holds:
        fact = self._declared(name)
        if self._took("=="):
            return _is(name, fact, self._value(name, fact))
        if self._took("!="):
            same = _is(name, fact, self._value(name, fact))
            return lambda facts: not same(facts)
        if self._took("in"):
            return self._member(name, fact, inside=True)
        if self._took("not"):
            self._need("in")
            return self._member(name, fact, inside=False)
        if fact.kind != FactKind.BOOLEAN:
            raise Unacceptable(
                f"“{name}”是枚举,须与值比较", f"{name} is an enumeration: compare it with a value"
            )
        return lambda facts: facts.get(name) is True

    def _member(self, name: str, fact: FactWord, *, inside: bool) -> Holds:
        self._need("(")
        values = {self._value(name, fact)}
        while self._took(","):
            values.add(self._value(name, fact))
        self._need(")")
        if fact.kind == FactKind.BOOLEAN:
            return lambda facts: ((facts.get(name) is True) in values) is inside
        return lambda facts: (facts.get(name) in values) is inside

    def _declared(self, name: str) -> FactWord:
        if name in _WORDS:
            raise Unacceptable(f"此处不应有“{name}”", f"{name!r} was not expected here")
        fact = self._facts.get(name)
        if fact is None:
            raise Unacceptable(f"没有名为“{name}”的事实", f"there is no fact named {name}")
        if fact.kind not in {FactKind.BOOLEAN, FactKind.ENUM}:
            raise Unacceptable(
                f"“{name}”既不是是非也不是枚举,网关不能用",
                f"{name} is neither a boolean nor an enumeration",
            )
        self.names.add(name)
        return fact

    def _value(self, name: str, fact: FactWord) -> bool | str:
        token = self._next()
        if fact.kind == FactKind.BOOLEAN:
            if token not in {"true", "false"}:
                raise Unacceptable(
                    f"“{name}”只能与 true、false 比较", f"{name} can only be true or false"
                )
            return token == "true"
        if not _is_text(token):
            raise Unacceptable(
                f"“{name}”的值要加引号", f"the values of {name} are written in quotes"
            )
        if token[1:-1] not in fact.values:
            known = ", ".join(fact.values)
            raise Unacceptable(
                f"“{name}”没有值{token}(可用:{known})",
                f"{name} is never {token} but one of: {known}",
            )
        return token[1:-1]

    def _took(self, token: str) -> bool:
        if self.ahead != token:
            return False
        self._at += 1
        return True

    def _need(self, token: str) -> None:
        if not self._took(token):
            found = self.ahead or ""
            raise Unacceptable(
                f"应为“{token}”,现为“{found}”", f"expected {token!r}, found {found!r}"
            )

    def _next(self) -> str:
        token = self.ahead
        if token is None:
            raise Unacceptable("条件没有写完", "the condition ends too early")
        if token in {"(", ")", ",", "==", "!="}:
            raise Unacceptable(f"此处不应有“{token}”", f"{token!r} was not expected here")
        self._at += 1
        return token


def _is_text(token: str) -> bool:
    return token[0] in "\"'"


def _is(name: str, fact: FactWord, value: bool | str) -> Holds:
    if fact.kind == FactKind.BOOLEAN:
        return lambda facts: (facts.get(name) is True) is value
    return lambda facts: facts.get(name) == value
