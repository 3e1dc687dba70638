"""Which government an organ sits with, and which petition office and joint conference serve there (Arts. 12-14, 24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from engine.people.superiors import successor
from engine.petition.parties import Organ, OrganKind


def governments(organs: Mapping[str, Organ], id: str, on: date) -> tuple[str, ...]:
    """The ids of the governments in whose area the organ *id* lies on the day *on*, the nearest first.

    Where an organ of a vertical system sits is another matter than whom it answers to, so it has a government too.
    """
    found: list[str] = []
    seen: set[str] = set()
    organ = organs.get(id)
    while organ is not None and organ.id not in seen:
        seen.add(organ.id)
        if organ.kind is OrganKind.GOVERNMENT:
            found.append(organ.id)
            around = organ.parent or organ.government
        else:
            around = organ.government or organ.parent or organ.higher_department
        organ = successor(organs, around, on) if around else None
    return tuple(found)


def petition_offices(organs: Mapping[str, Organ], on: date) -> dict[str, str]:
    """For every organ the petition office that oversees it: that of its level, else of the next that has one.

    A petition office oversees itself here; an organ without any is left out.
    """
    sitting = {
        office.government: office.id
        for office in reversed(of_kind(organs, OrganKind.PETITION_OFFICE, on))
        if office.government
    }
    found: dict[str, str] = {}
    for id, organ in organs.items():
        if organ.kind is OrganKind.PETITION_OFFICE and organ.valid_on(on):
            found[id] = id
            continue
        around = (sitting.get(government) for government in governments(organs, id, on))
        if office := next((office for office in around if office), None):
            found[id] = office
    return found


def joint_conference(organs: Mapping[str, Organ], ids: Sequence[str], on: date) -> Organ | None:
    """The joint conference of the lowest level at which the governments of all of *ids* meet."""
    lines = [governments(organs, id, on) for id in ids]
    for government in lines[0] if lines else ():
        if all(government in line for line in lines):
            found = _sitting_with(organs, OrganKind.JOINT_CONFERENCE, government, on)
            if found is not None:
                return found
    return None


def of_kind(organs: Mapping[str, Organ], kind: OrganKind, on: date) -> tuple[Organ, ...]:
    """The organs of *kind* that exist on the day *on*, by code."""
    found = [organ for organ in organs.values() if organ.kind is kind and organ.valid_on(on)]
    return tuple(sorted(found, key=lambda organ: (organ.code, organ.id)))


def _sitting_with(
    organs: Mapping[str, Organ], kind: OrganKind, government: str, on: date
) -> Organ | None:
    return next(
        (organ for organ in of_kind(organs, kind, on) if organ.government == government), None
    )
