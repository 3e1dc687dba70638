"""Forgetting: the workflow keeps where its tokens are, the record keeps where they have been.

Of a tree only tokens that move are needed, and the visit (split, activity, boundary events) that a boundary event still
belongs to. Everything else is history: dropped, and what is kept moves up to its nearest kept ancestor in the same
order, so that whatever walks the tree meets the same tokens in the same order.
"""

from __future__ import annotations

from engine.procedure.spiff.lean import ActivityJoin
from engine.procedure.spiff.states import MOVING, OVER
from engine.procedure.spiff.token import Token
from engine.procedure.spiff.workflow import Running, TopWorkflow


def prune(top: TopWorkflow) -> None:
    """Drop all history of *top*. To be called when it is at rest."""
    for number, inner in list(top.subprocesses.items()):
        if inner.completed or inner.owner._state & OVER:
            del top.subprocesses[number]
    if top.completed:
        top.subprocesses.clear()
    for workflow in top.scopes():
        _prune_scope(workflow)


def _prune_scope(workflow: Running) -> None:
    root = workflow.task_tree
    needed = {root.id} if workflow.completed else _needed(workflow)
    if len(needed) == len(workflow.tasks):
        return
    order = workflow.tokens()
    home: dict[int, Token] = {}
    for token in order:
        above = home.get(token._parent, root) if token is not root else root
        home[token.id] = token if token.id in needed else above
        if token.id in needed and token is not root:
            token._parent = above.id
    for token in order:
        token._children = []
    for token in order:
        if token.id not in needed:
            del workflow.tasks[token.id]
        elif token is not root:
            workflow.tasks[token._parent]._children.append(token.id)


def _needed(workflow: Running) -> set[int]:
    needed = {workflow.task_tree.id}
    for token in workflow.tasks.values():
        if not token._state & MOVING:
            continue
        needed.add(token.id)
        if token.task_spec.listens_aside:
            _keep_visit(workflow, token._parent, needed)
        elif isinstance(token.task_spec, ActivityJoin):
            _keep_visit(workflow, token.find_ancestor(token.task_spec.split_task).id, needed)
    return needed


def _keep_visit(workflow: Running, split: int, needed: set[int]) -> None:
    needed.add(split)
    needed.update(workflow.tasks[split]._children)
