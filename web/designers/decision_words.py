"""The columns and cells of a decision table in words, and as they are written where they cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.drafting.table_bench import Box
from engine.drafting.table_editing import Sheet, chosen_in, output_word, value_in
from engine.drafting.words import Words
from engine.text import Text
from web.designers.decision_questions import title_of
from web.designers.fact_words import FactWords

_ANY = Text("不限", "any")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its ``words``, or None where it cannot be read, and how it is ``written``."""

    words: Text | None
    written: str


def head_of(words: Words, sheet: Sheet) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """What the inputs and the outputs are called."""
    called = FactWords(words)
    return (
        tuple(title_of(called, one) for one in sheet.inputs),
        tuple(title_of(called, one) for one in sheet.outputs),
    )


def cells_of(
    words: Words, sheet: Sheet
) -> tuple[tuple[tuple[Cell, ...], tuple[Cell, ...], str], ...]:
    """For each row the cells of its inputs and of its outputs, and its note."""
    called = FactWords(words)
    return tuple(
        (
            tuple(
                _asked(called, words, column.fact, cell)
                for column, cell in zip(sheet.inputs, rule.asked, strict=True)
            ),
            tuple(
                _given(called, column.fact, cell, value_in(cell, output_word(column, words.facts)))
                for column, cell in zip(sheet.outputs, rule.given, strict=True)
            ),
            rule.note,
        )
        for rule in sheet.rules
    )


def facts_in_words(called: FactWords, facts: Mapping[str, str | bool | None]) -> Text:
    """What facts are, each by its name: ``来源 = 来访``."""
    if not facts:
        return Text("不设", "nothing is set")
    return _joined(
        [(called.fact(name), [called.value(name, value)]) for name, value in facts.items()]
    )


def cases_in_words(called: FactWords, inputs: Sequence[str], cases: Box) -> Text:
    """A set of cases: each input with the values that it may have."""
    return _joined(
        [
            (
                called.fact(name),
                [
                    called.value(name, one)
                    for one in sorted(side, key=lambda one: (one is None, str(one)))
                ],
            )
            for name, side in zip(inputs, cases, strict=True)
        ]
    )


def _joined(sides: Sequence[tuple[Text, list[Text]]]) -> Text:
    told = [
        Text("{name} = {values}", "{name} = {values}").filled(name=name, values=_either(values))
        for name, values in sides
    ]
    return Text(",".join(one.zh for one in told), ", ".join(one.en for one in told))


def _asked(called: FactWords, words: Words, fact: str, cell: str) -> Cell:
    word = words.facts.get(fact)
    if cell in {"", "-"}:
        return Cell(words=_ANY, written=cell)
    chosen = None if word is None else chosen_in(cell, word)
    if not chosen:
        return Cell(words=None, written=cell)
    values = [
        called.value(fact, one) for one in sorted(chosen, key=lambda one: (one is None, str(one)))
    ]
    return Cell(words=_either(values), written=cell)


def _given(called: FactWords, fact: str, cell: str, value: str | bool | None) -> Cell:
    return Cell(words=None if value is None else called.value(fact, value), written=cell)


def _either(values: list[Text]) -> Text:
    return Text(" 或 ".join(one.zh for one in values), " or ".join(one.en for one in values))
