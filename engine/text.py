"""Words for people, in the two languages of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CHINESE: Final = "zh"
ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One caption or sentence in Chinese and in English. ``str()`` gives the Chinese one."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def in_language(self, language: str) -> str:
        """The wording in *language* (``"zh"`` or ``"en"``; anything else gives Chinese)."""
        return self.en if language == ENGLISH else self.zh

    def filled(self, **values: object) -> Text:
        """The same sentence with its ``{placeholders}`` filled; a Text value is put in per language."""
        return Text(
            self.zh.format(**{name: _word(value, CHINESE) for name, value in values.items()}),
            self.en.format(**{name: _word(value, ENGLISH) for name, value in values.items()}),
        )


def _word(value: object, language: str) -> object:
    return value.in_language(language) if isinstance(value, Text) else value
