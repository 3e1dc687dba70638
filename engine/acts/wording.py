"""No text of the procedure may take a promise never to petition again (Constitution Art. 41)."""

from __future__ import annotations

from engine.acts import answers as read
from engine.documents.wording import forbidden_wording
from engine.errors import ActRefused
from engine.petition.forms import Values


def waives_petitioning(written: str) -> bool:
    """Whether *written* promises, or makes somebody promise, not to petition."""
    return bool(forbidden_wording(written))


def must_promise_nothing(answers: Values, name: str) -> None:
    """Raise ActRefused, saying what to take out, where the text answered to *name* waives the right to petition."""
    for finding in forbidden_wording(read.text(answers, name)):
        raise ActRefused(finding, article="33")
