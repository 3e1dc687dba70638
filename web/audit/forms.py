"""The form of an entry as it was answered: its questions in the words of that version, what is personal masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.errors import DataError
from engine.petition.commands import FREE_STEP_ACT
from engine.petition.entries import Entry
from engine.petition.forms import Field, FieldKind, Form, parse_form
from engine.store.queries.file_view import MASKED
from web.house import directory, house
from web.language import say
from web.wording import answer_words

_OF_FORM = f"{FREE_STEP_ACT}:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question and its answer in words; ``sealed``: only a commitment to it stands in the entry."""

    question: str
    answer: str
    sealed: bool = False


def answers_in(entry: Entry, version: str) -> tuple[Answered, ...]:
    """What *entry* was told, in the order of its form; nothing where the form is no longer known."""
    form = _form_of(entry.act, version)
    return tuple(_answered(form, entry)) if form is not None else ()


def _form_of(act: str, version: str) -> Form | None:
    known = house().acts.get(act)
    if known is not None:
        return known.form
    name = act.removeprefix(_OF_FORM)
    content = house().drawings(version).forms.get(name) if name != act else None
    try:
        return _read(content, name) if content is not None else None
    except DataError:
        return None


@lru_cache(maxsize=64)
def _read(content: bytes, name: str) -> Form:
    return parse_form(content, name)


def _answered(form: Form, entry: Entry) -> Iterator[Answered]:
    for asked in form.fields:
        if asked.name in entry.commitments:
            yield Answered(question=say(asked.label), answer=MASKED, sealed=True)
        elif entry.inputs.get(asked.name) not in (None, "", []):
            yield Answered(
                question=say(asked.label), answer=_words(asked, entry.inputs[asked.name])
            )


def _words(asked: Field, value: object) -> str:
    if asked.kind is FieldKind.ORGAN and str(value) in directory().organs:
        return say(directory().organs[str(value)].name)
    if asked.kind is FieldKind.PERSON and str(value) in directory().people:
        return directory().people[str(value)].name
    return answer_words(asked, tuple(value) if isinstance(value, list) else value, {})
