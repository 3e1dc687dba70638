"""All acts of the statute by their ids, each with the guards that hold for every one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.acts.acceptance import ACCEPTANCE
from engine.acts.accusations import ACCUSATIONS
from engine.acts.act import Act
from engine.acts.intake import INTAKE
from engine.acts.jurisdiction import JURISDICTION
from engine.acts.litigation import LITIGATION
from engine.acts.objections import OBJECTIONS
from engine.acts.registration import REGISTRATION
from engine.acts.rerouting import REROUTING
from engine.acts.routing import ROUTING

_CHAPTERS = (REGISTRATION, INTAKE, LITIGATION, ACCUSATIONS, ROUTING, OBJECTIONS, JURISDICTION, ACCEPTANCE, REROUTING)

ACTS: Final[Mapping[str, Act]] = {act.id: act for chapter in _CHAPTERS for act in chapter}
