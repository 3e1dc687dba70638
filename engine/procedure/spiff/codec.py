"""The state document: where the tokens of a petition are, compact, the same bytes for the same history.

Elements stand by their ids, not by positions in some table, so that a document can be read by people and carried to
another version of the drawing. What has been is not in it; that is in the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from engine.errors import ProcedureError
from engine.procedure.ledger import Ledger
from engine.procedure.spiff.states import COMPLETED
from engine.procedure.spiff.token import Token
from engine.procedure.spiff.workflow import InnerWorkflow, Running, TopWorkflow
from engine.text import Text

FORMAT: Final = 1

Row = list[Any]
"""Number, parent's number (0 for the root), spec, state, since (microseconds), and what the token remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The state of a petition's workflow as plain values. ``version`` is the digest of the drawings."""

    version: str
    process: str
    number: int
    instant: int
    stage: str
    ended_at: str | None
    decided: Mapping[str, Any]
    scopes: list[tuple[str, int, list[Row]]]


def to_bytes(document: Document) -> bytes:
    """*document* as JSON, in one spelling."""
    plain = {
        "format": FORMAT,
        "version": document.version,
        "process": document.process,
        "number": document.number,
        "instant": document.instant,
        "stage": document.stage,
        "ended_at": document.ended_at,
        "decided": document.decided,
        "scopes": document.scopes,
    }
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)


def from_bytes(data: bytes) -> Document:
    """The document in *data*. Raises ProcedureError if it is not one that this engine writes."""
    try:
        plain = orjson.loads(data)
        if plain.pop("format") != FORMAT:
            raise ValueError("unknown format")
        return Document(**plain)
    except (ValueError, TypeError, AttributeError, KeyError) as fault:
        raise ProcedureError(
            Text("流程状态文件不可读", "the state document cannot be read")
        ) from fault


def describe(top: TopWorkflow, *, version: str, stage: str) -> Document:
    """The document of *top*, which must be at rest and pruned."""
    scopes = [] if top.completed else [_scope(workflow) for workflow in top.scopes()]
    return Document(
        version=version,
        process=top.spec.name,
        number=top.number,
        instant=top.instant,
        stage=stage,
        ended_at=top.ended_at,
        decided=top.decided,
        scopes=scopes,
    )


def rebuild(document: Document, specs: Mapping[str, Any], ledger: Ledger) -> TopWorkflow:
    """The workflow that *document* describes, on the shared *specs*. Raises ProcedureError if they do not match."""
    try:
        top = TopWorkflow(
            document.process, specs, number=document.number, instant=document.instant, ledger=ledger
        )
        top.decided = dict(document.decided)
        top.ended_at = document.ended_at
        homes: dict[int, Token] = {}
        for name, owner, rows in document.scopes:
            workflow: Running = top
            if owner:
                workflow = inner = InnerWorkflow(specs[name], homes[owner], top)
                top.subprocesses[owner] = inner
            _restore(workflow, rows, homes)
        if not document.scopes:
            top.begin()
            top.task_tree._state = COMPLETED
            top.number, top.completed = document.number, True
        return top
    except (KeyError, ValueError, TypeError) as fault:
        raise ProcedureError(
            Text(
                "流程状态与流程图版本不符",
                "the state document does not fit this version of the drawings",
            )
        ) from fault


def _scope(workflow: Running) -> tuple[str, int, list[Row]]:
    owner = workflow.owner.id if isinstance(workflow, InnerWorkflow) else 0
    return workflow.spec.name, owner, [_row(token) for token in workflow.tokens()]


def _row(token: Token) -> Row:
    row: Row = [
        token.id, token._parent, token.task_spec.name, token._state, token.last_state_change
    ]  # fmt: skip
    if token.memory:
        row.append(token.memory)
    return row


def _restore(workflow: Running, rows: list[Row], homes: dict[int, Token]) -> None:
    specs = workflow.spec.task_specs
    for row in rows:
        number, parent, name, state, since = row[:5]
        above = workflow.tasks[parent] if parent else None
        memory = row[5] if len(row) > 5 else {}
        token = Token.restored(workflow, specs[name], above, number, state, since, memory)
        homes[number] = token
        if above is None:
            workflow.task_tree = token
