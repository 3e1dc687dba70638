"""What the command line says: results on stdout, reasons and progress on stderr, in one language."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.text import CHINESE, ENGLISH, Text

LANGUAGE = "PETITION_LANGUAGE"
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Signs by which a file, or its name, could write elsewhere on the screen than where it is shown."""


@dataclass(slots=True)
class Talk:
    """Speaks *language* (``"zh"`` or ``"en"``)."""

    language: str = CHINESE
    _shown: int = field(default=-1, repr=False)

    @classmethod
    def in_environment(cls) -> Talk:
        """In the language that PETITION_LANGUAGE names; Chinese by default."""
        return cls(ENGLISH if os.environ.get(LANGUAGE) == ENGLISH else CHINESE)

    def word(self, text: Text) -> str:
        """*text* in this language, without signs that a terminal would obey."""
        return plain(text.in_language(self.language))

    def words(self, zh: str, en: str) -> str:
        """The same from its parts, for the help of a command."""
        return self.word(Text(zh, en))

    def say(self, zh: str, en: str, **values: object) -> None:
        """A line of the result."""
        print(self.word(Text(zh, en).filled(**values)))

    def reason(self, text: Text) -> None:
        """The one line on stderr that says why not."""
        print("petition:", " ".join(self.word(text).split()), file=sys.stderr)

    def reason_in(self, zh: str, en: str, **values: object) -> None:
        """The same from its parts."""
        self.reason(Text(zh, en).filled(**values))

    def progress(self, zh: str, en: str, **values: object) -> None:
        """What is being done now, on stderr."""
        print("petition:", self.word(Text(zh, en).filled(**values)), file=sys.stderr, flush=True)

    def counted(self, done: int, total: int) -> None:
        """How much of a long work is done: a line for every tenth."""
        tenth = 10 * done // total if total else 10
        if tenth > self._shown:
            self._shown = tenth
            print(f"petition: {done}/{total}", file=sys.stderr, flush=True)
        if done == total:
            self._shown = -1


def plain(words: str) -> str:
    """*words* with a mark in the place of every sign that a terminal would obey."""
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", words)


def emit(report: Mapping[str, object]) -> None:
    """One JSON object on a line of its own."""
    print(json.dumps(report, ensure_ascii=False, separators=(",", ":")))
