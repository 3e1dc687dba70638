"""What the facts of a draft and their values are called: by the statute, by forms, by tables."""

from __future__ import annotations

from engine.drafting.words import Words
from engine.text import Text
from web.audit.facts import NAMES, VALUES, answers
from web.captions import CAPTIONS

_VALUES = {True: Text("是", "yes"), False: Text("否", "no"), None: Text("未设", "unset")}


class FactWords:
    """The names of facts and values in one draft."""

    def __init__(self, words: Words) -> None:
        self._labels = words.labels
        self._said = answers(words.forms)

    def fact(self, name: str) -> Text:
        """What the fact *name* is called; its name where nothing says more."""
        return NAMES.get(name) or self._labels.get(name) or Text(name, name)

    def value(self, name: str, value: str | bool | None) -> Text:
        """What *value* of the fact *name* is called."""
        if not isinstance(value, str):
            return _VALUES[value]
        return (
            VALUES.get(name, CAPTIONS.get(name, {})).get(value)
            or self._said.get((name, value))
            or Text(value, value)
        )
