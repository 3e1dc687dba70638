"""Whether the rows about organs and people refer to one another soundly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.errors import DataError
from engine.petition.parties import Appointment, Organ, Person, Substitution
from engine.text import Text


def refuse_dangling(
    organs: Mapping[str, Organ],
    people: Mapping[str, Person],
    appointments: Sequence[Appointment],
    substitutions: Sequence[Substitution],
) -> None:
    """Raise DataError where a row names an organ or a person that is not there."""
    named = [
        (organ.id, ref)
        for organ in organs.values()
        for ref in (organ.government, organ.higher_department, organ.parent, organ.successor)
        if ref and ref not in organs
    ]
    named += [(row.person, row.organ) for row in appointments if row.organ not in organs]
    named += [(row.organ, row.person) for row in appointments if row.person not in people]
    named += [(row.substitute, row.organ) for row in substitutions if row.organ not in organs]
    named += [
        (row.organ, person)
        for row in substitutions
        for person in (row.absent, row.substitute)
        if person not in people
    ]
    if named:
        by, missing = named[0]
        raise DataError(
            Text(
                "{by}指向不存在的机关或人员{missing}",
                "{by} refers to an organ or a person that does not exist: {missing}",
            ).filled(by=by, missing=missing)
        )
