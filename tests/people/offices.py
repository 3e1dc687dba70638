"""A small fictitious office on four levels, and random ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from engine.people.directory import Directory
from engine.petition.parties import (
    Actor,
    Appointment,
    Level,
    Organ,
    OrganKind,
    Person,
    Role,
    Substitution,
)
from engine.text import Text

TODAY = date(2026, 3, 2)
LEVELS = (Level.PROVINCE, Level.CITY, Level.COUNTY)


def organ(id: str, kind: OrganKind, level: Level, **more: object) -> Organ:
    return Organ(id=id, name=Text(f"测试{id}", id), code=id, kind=kind, level=level, **more)  # type: ignore[arg-type]


def four_levels() -> tuple[Organ, ...]:
    """Governments, petition offices, housing and tax departments and discipline organs; a township below."""
    organs: list[Organ] = []
    above: str | None = None
    for level in LEVELS:
        gov = f"{level}.government"

        def up(name: str, above: str | None = above) -> str | None:
            return f"{above}.{name}" if above else None

        organs += [
            organ(gov, OrganKind.GOVERNMENT, level, parent=up("government")),
            organ(
                f"{level}.petitions", OrganKind.PETITION_OFFICE, level,
                government=gov, higher_department=up("petitions"),
            ),
            organ(
                f"{level}.housing", OrganKind.DEPARTMENT, level,
                government=gov, higher_department=up("housing"),
            ),
            organ(
                f"{level}.tax", OrganKind.DEPARTMENT, level,
                government=gov, higher_department=up("tax"), vertical=True,
            ),
            organ(
                f"{level}.discipline", OrganKind.SUPERVISION, level,
                government=gov, higher_department=up("discipline"),
            ),
            organ(f"{level}.conference", OrganKind.JOINT_CONFERENCE, level, government=gov),
        ]  # fmt: skip
        above = level
    organs.append(
        organ("town.government", OrganKind.GOVERNMENT, Level.TOWNSHIP, parent="county.government")
    )
    organs.append(
        organ("county.waterworks", OrganKind.ENTERPRISE, Level.COUNTY, parent="county.housing")
    )
    return tuple(organs)


def directory(
    *appointments: Appointment,
    organs: Sequence[Organ] | None = None,
    substitutions: Sequence[Substitution] = (),
    inactive: Sequence[str] = (),
) -> Directory:
    """The office of four levels with these appointments; people are made as they are named."""
    named = dict.fromkeys(row.person for row in appointments)
    named |= dict.fromkeys(id for row in substitutions for id in (row.absent, row.substitute))
    people = [Person(id=id, name=f"演示{id}", login=id, active=id not in inactive) for id in named]
    return Directory.of(organs or four_levels(), people, appointments, substitutions)


def changed(organs: Sequence[Organ], id: str, **changes: object) -> tuple[Organ, ...]:
    return tuple(
        replace(organ, **changes) if organ.id == id else organ  # type: ignore[arg-type]
        for organ in organs
    )


def clerk(person: str, organ: str, **more: object) -> Appointment:
    return Appointment(person=person, organ=organ, role=Role.CLERK, **more)  # type: ignore[arg-type]


def held(person: str, organ: str, role: Role, **more: object) -> Appointment:
    return Appointment(person=person, organ=organ, role=role, **more)  # type: ignore[arg-type]


def acting(person: str, organ: str, *roles: Role) -> Actor:
    return Actor(person=person, organ=organ, roles=frozenset(roles))


@st.composite
def random_organs(draw: st.DrawFn) -> tuple[Organ, ...]:
    """Up to twenty organs that refer to any others at random: loops, gaps and dissolved organs included."""
    ids = [f"o{number}" for number in range(draw(st.integers(2, 20)))]
    other = st.none() | st.sampled_from(ids)
    ends = st.none() | st.dates(date(2020, 1, 1), date(2027, 1, 1))
    return tuple(
        Organ(
            id=id,
            name=Text(f"测试{id}", id),
            code=id,
            kind=draw(st.sampled_from(OrganKind)),
            level=draw(st.sampled_from(Level)),
            government=draw(other),
            higher_department=draw(other),
            vertical=draw(st.booleans()),
            parent=draw(other),
            valid_to=draw(ends),
            successor=draw(other),
        )
        for id in ids
    )


@st.composite
def random_directories(draw: st.DrawFn) -> Directory:
    """A directory on random organs with random appointments."""
    organs = draw(random_organs())
    ids = [organ.id for organ in organs]
    people = [Person(id=f"p{n}", name=f"演示{n}", login=f"p{n}") for n in range(4)]
    appointments = st.builds(
        Appointment,
        person=st.sampled_from([person.id for person in people]),
        organ=st.sampled_from(ids),
        role=st.sampled_from(Role),
        sealed=st.booleans(),
        valid_to=st.none() | st.just(date(2025, 1, 1)),
    )
    return Directory.of(organs, people, draw(st.lists(appointments, max_size=12)))
