"""All acts of the statute by their ids, each with the guards that hold for every one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.acts.acceptance import ACCEPTANCE
from engine.acts.accusations import ACCUSATIONS
from engine.acts.act import Act
from engine.acts.deliberation import DELIBERATION
from engine.acts.delivery import DELIVERY
from engine.acts.extension import EXTENSION
from engine.acts.handling import HANDLING
from engine.acts.intake import INTAKE
from engine.acts.jurisdiction import JURISDICTION
from engine.acts.lapses import LAPSES
from engine.acts.litigation import LITIGATION
from engine.acts.objections import OBJECTIONS
from engine.acts.opinion import OPINION
from engine.acts.re_review import RE_REVIEW
from engine.acts.recusal import RECUSAL
from engine.acts.registration import REGISTRATION
from engine.acts.replies import REPLIES
from engine.acts.rerouting import REROUTING
from engine.acts.review import REVIEW
from engine.acts.routing import ROUTING

_CHAPTERS = (
    REGISTRATION, INTAKE, LITIGATION, ACCUSATIONS,
    ROUTING, OBJECTIONS, JURISDICTION, ACCEPTANCE, REROUTING,
    HANDLING, RECUSAL, DELIBERATION, EXTENSION, OPINION, REPLIES,
    DELIVERY, REVIEW, RE_REVIEW, LAPSES,
)  # fmt: skip

ACTS: Final[Mapping[str, Act]] = {act.id: act for chapter in _CHAPTERS for act in chapter}
