"""No text of the procedure may take a promise never to petition again (Constitution Art. 41)."""

from __future__ import annotations

import re

from engine.acts import answers as read
from engine.acts.guards import refused
from engine.petition.forms import Values

_WAIVER = re.compile(
    r"息诉|罢访|息访"
    r"|(不再|不得再|永不|永远不|保证不|承诺不|放弃|停止).{0,8}(上访|信访|走访|申诉|控告|检举|举报)"
    r"|(not|never|waives?|give up).{0,20}petition",
    re.IGNORECASE | re.DOTALL,
)


def waives_petitioning(written: str) -> bool:
    """Whether *written* promises, or makes somebody promise, not to petition."""
    return _WAIVER.search(written) is not None


def must_promise_nothing(answers: Values, name: str) -> None:
    """Raise ActRefused where the text answered to *name* waives the right to petition."""
    if waives_petitioning(read.text(answers, name)):
        raise refused(
            "33",
            "文书中不得写入不再信访、息诉罢访一类承诺(宪法第四十一条);请删去后再办理",
            "no text may hold a promise not to petition again (Constitution Art. 41); take it out",
        )
