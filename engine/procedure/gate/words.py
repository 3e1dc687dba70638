"""The gate, second room: every word of ours names something that exists, in the right place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from engine.procedure.drawing import Drawing, Kind, Node, Scope, Trigger
from engine.procedure.findings import Findings
from engine.procedure.source import Source
from engine.procedure.vocabulary import ActKind, Vocabulary

_LIMIT: Final = re.compile(r"([1-9][0-9]{0,2}) ?(days|working_days)")


def internal_limit(text: str) -> tuple[int, str] | None:
    """Number and unit of an internal limit written as ``5 days`` or ``3 working_days``."""
    match = _LIMIT.fullmatch(text)
    return (int(match[1]), match[2]) if match else None


def check_words(drawing: Drawing, source: Source, words: Vocabulary, findings: Findings) -> None:
    """Check the words on every node and scope of *drawing*."""
    room = _Room(source, words, findings)
    for scope in drawing.scopes.values():
        room.stage(scope, scope.id, scope.words.get("stage"))
        for node in scope.nodes:
            room.check(scope, node)


def check_templates(source: Source, words: Vocabulary, findings: Findings) -> None:
    """Ask those who render documents what is wrong with the templates of *source*."""
    if words.read_templates is None:
        return
    for file, faults in words.read_templates(source.files).items():
        for fault in faults:
            findings.add("template", file, None, why=fault)


class _Room:
    def __init__(self, source: Source, words: Vocabulary, findings: Findings) -> None:
        self._words = words
        self._findings = findings
        self._forms = frozenset(source.room("forms", ".toml"))
        self._tables = frozenset(source.room("tables", ".dmn"))
        self._documents = words.documents | frozenset(source.room("documents", ".html"))

    def check(self, scope: Scope, node: Node) -> None:
        if node.kind is Kind.USER_TASK:
            self._user_task(scope, node)
        elif node.kind is Kind.RULE_TASK:
            self._table(scope, node)
        elif node.kind is Kind.CALL:
            self.stage(scope, node.id, node.words.get("stage"))
        elif node.kind in {Kind.START, Kind.CATCH, Kind.BOUNDARY}:
            self._event(scope, node)

    def stage(self, scope: Scope, element: str, stage: str | None) -> None:
        if stage is not None and stage not in self._words.stages:
            self._findings.add("unknown_stage", scope.file, element, stage=stage)

    def _user_task(self, scope: Scope, node: Node) -> None:
        form, document = node.words.get("form"), node.words.get("document")
        if (node.act is None) == (form is None):
            self._findings.add("step_word", scope.file, node.id)
        if form is not None and form not in self._forms:
            self._findings.add("unknown_form", scope.file, node.id, form=form)
        if document is not None and document not in self._documents:
            self._findings.add("unknown_document", scope.file, node.id, document=document)
        known = self._part(scope, node, "role", node.role, self._words.roles)
        known &= self._part(scope, node, "organ", node.slot, self._words.slots)
        if (
            node.act is not None
            and self._act(scope, node, ActKind.STEP, ActKind.STANDING)
            and known
        ):
            self._allowed(scope, node)

    def _part(
        self, scope: Scope, node: Node, word: str, value: str | None, known: Iterable[str]
    ) -> bool:
        if not value:
            self._findings.add(f"no_{word}", scope.file, node.id)
        elif value not in known:
            self._findings.add(f"unknown_{word}", scope.file, node.id, **{word: value})
        return value is not None and value in known

    def _act(self, scope: Scope, node: Node, *expected: ActKind) -> bool:
        act = self._words.acts.get(node.act or "")
        if act is None:
            self._findings.add("unknown_act", scope.file, node.id, act=node.act)
        elif act.kind not in expected:
            self._findings.add(
                "act_kind",
                scope.file,
                node.id,
                act=node.act,
                found=str(act.kind),
                expected="/".join(expected),
            )
        return act is not None and act.kind in expected

    def _allowed(self, scope: Scope, node: Node) -> None:
        by = self._words.acts[node.act or ""].by
        if by and (node.slot, node.role) not in by:
            allowed = ", ".join(f"{role} of {slot}" for slot, role in by)
            self._findings.add(
                "act_by",
                scope.file,
                node.id,
                act=node.act,
                organ=node.slot,
                role=node.role,
                allowed=allowed,
            )

    def _table(self, scope: Scope, node: Node) -> None:
        table = node.words.get("table")
        if not table:
            self._findings.add("table_word", scope.file, node.id)
        elif table not in self._tables:
            self._findings.add("unknown_table", scope.file, node.id, table=table)

    def _event(self, scope: Scope, node: Node) -> None:
        if node.trigger is Trigger.TIMER:
            self._timer(scope, node)
            self._stray(scope, node, "act")
            return
        self._stray(scope, node, "clock", "limit", "within")
        if node.trigger is Trigger.MESSAGE:
            if node.act is None:
                self._findings.add("message_word", scope.file, node.id)
            else:
                self._act(scope, node, ActKind.STANDING)
        elif node.act is not None and node.kind is Kind.START and scope.parent is None:
            self._act(scope, node, ActKind.START)
        elif node.act is not None:
            self._stray(scope, node, "act")

    def _timer(self, scope: Scope, node: Node) -> None:
        clock, limit, within = (node.words.get(word) for word in ("clock", "limit", "within"))
        if (clock is None) == (limit is None):
            self._findings.add("timer_word", scope.file, node.id)
        if limit is not None and internal_limit(limit) is None:
            self._findings.add("limit_form", scope.file, node.id, found=limit[:40])
        if within is not None and limit is None:
            self._stray(scope, node, "within")
        for name in (clock, within):
            if name is not None and name not in self._words.limits:
                self._findings.add("unknown_limit", scope.file, node.id, limit=name)

    def _stray(self, scope: Scope, node: Node, *words: str) -> None:
        for word in words:
            if word in node.words:
                self._findings.add("stray_word", scope.file, node.id, word=word)
