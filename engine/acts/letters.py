"""Letters and notices that several acts issue."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Situation
from engine.acts.guards import name_of
from engine.petition.documents import Issue
from engine.petition.forms import Values


def transfer_letter(situation: Situation, organ: str, answers: Values, *, received: object) -> Issue:
    """The letter with which a matter goes to *organ* (Art. 22(1))."""
    return Issue(
        kind="transfer_letter",
        slot=closing.issuer(situation),
        to=organ,
        fields={
            "competent_organ": name_of(situation, organ).zh,
            "received_on": str(received),
            "materials": read.text(answers, "materials") or "信访材料原件",
            "legal_basis": read.text(answers, "basis") or "《信访工作条例》第二十二条",
        },
    )
