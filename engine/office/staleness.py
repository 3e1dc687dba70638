"""What a page said when it was opened, against what has happened since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.acts.catalogue import ACTS
from engine.acts.worksharing import WORKSHARING
from engine.errors import Stale
from engine.text import Text

# Who works on a step changes nothing that the answers were based on; whether it may still be done is asked anyway.
_HARMLESS: Final = frozenset(act.id for act in WORKSHARING)
_MOVED_ON: Final = Text(
    "该事项在您打开页面之后已有变动({what}),请查看最新情况后再办理",
    "the petition has moved on since you opened the page ({what}); look again and decide anew",
)
_CLOCK: Final = Text("期限届满", "a limit passed")
_FREE: Final = Text("自定环节", "a free step")
_UNKNOWN: Final = Text("版本不符", "another version")


def must_still_hold(act: str, since: Sequence[str]) -> None:
    """Raise Stale where *since* (what happened after a page was made) may have changed what the answers to *act* were
    based on.
    """
    if not since or act in _HARMLESS or any(one not in _HARMLESS for one in since):
        named = list(dict.fromkeys(_named(one) for one in since))
        what = Text("、".join(one.zh for one in named), ", ".join(one.en for one in named))
        raise Stale(_MOVED_ON.filled(what=what if named else _UNKNOWN))


def _named(act: str) -> Text:
    if act in ACTS:
        return ACTS[act].title
    return _CLOCK if act.startswith("clock:") else _FREE
