"""The words that a draft may use, as JSON for editors: every title in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, jsonify, request

from engine.drafting.words import ActChoice, Words, length_of
from engine.petition.forms import Form
from engine.petition.parties import Role
from engine.text import Text
from web.captions import CAPTIONS
from web.designers import rooms
from web.designers.fact_words import FactWords
from web.house import house
from web.security import for_roles
from web.wording import article_text

_KINDS = {
    "duty": Text("义务", "duty"),
    "power": Text("权利", "power"),
    "target": Text("内部目标", "target"),
}


@rooms.get("/vocabulary.json")
@for_roles(Role.DESIGNER)
def vocabulary() -> Response:
    """Acts, limits, documents, roles, parts, stages and facts; with ``?draft=`` its forms, tables and processes."""
    draft = request.args.get("draft")
    words = house().words(house().studio.draft(draft).files if draft else {})
    scopes, called = words.drawing.scopes.values(), FactWords(words)
    return jsonify(
        acts=[_act(act) for act in words.acts],
        limits=[
            {
                "id": limit.id,
                "alias": limit.alias,
                "title": _both(limit.title),
                "article": _both(article_text(limit.article)),
                "length": _both(length_of(limit)),
                "kind": _both(_KINDS[limit.kind]),
                "quote": limit.quote,
            }
            for limit in words.limits
        ],
        documents=[{"id": one.kind, "title": _both(one.title)} for one in words.documents],
        roles=_captioned("role", words.roles),
        organs=_captioned("slot", words.slots),
        stages=_captioned("stage", words.stages),
        forms=[_form(form) for form in words.forms],
        tables=[{"id": name, "title": _both(Text(name, name))} for name in words.tables],
        processes=[
            {
                "id": one.id,
                "title": _both(Text(one.name or one.id, one.name or one.id)),
                "file": one.file,
            }
            for one in words.drawing.processes()
        ],
        facts=[_fact(words, called, name) for name in words.facts],
        ids=[
            id
            for scope in scopes
            for id in (scope.id, *scope.by_id, *(line.id for line in scope.lines))
        ],
    )


def _act(act: ActChoice) -> dict[str, Any]:
    return {
        "id": act.id,
        "title": _both(act.title),
        "article": _both(article_text(act.article)),
        "kind": act.kind,
        "by": [{"organ": slot, "role": role} for slot, role in act.by],
        "documents": list(act.documents),
    }


def _form(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": _both(form.title),
        "fields": [_both(field.label) for field in form.fields],
    }


def _fact(words: Words, called: FactWords, name: str) -> dict[str, Any]:
    fact = words.facts[name]
    return {
        "id": name,
        "title": _both(called.fact(name)),
        "kind": str(fact.kind),
        "values": [
            {"id": value, "title": _both(called.value(name, value))} for value in fact.values
        ],
    }


def _captioned(kind: str, values: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {"id": one, "title": _both(CAPTIONS[kind].get(one) or Text(one, one))} for one in values
    ]


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
