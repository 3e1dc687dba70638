"""Who may see a file: default deny, sealed accusations, exclusion and recusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.people.access import Sight, may_see, may_see_within, reach
from engine.people.conflicts import exclusion, may_be_given_to, may_receive
from engine.people.directory import Directory
from engine.petition.parties import Actor, Role, Substitution
from tests.people.offices import TODAY, acting, clerk, directory, held, random_directories

ORDINARY = Sight(parts=frozenset({"county.petitions", "county.housing"}))
SEALED = replace(ORDINARY, sealed=True)


def sees(house: Directory, person: str, organ: str, file: Sight) -> bool:
    return bool(may_see(house, Actor(person=person, organ=organ), file, TODAY))


@pytest.mark.parametrize(
    ("organ", "role", "expected"),
    [
        ("county.housing", Role.CLERK, True),
        ("county.housing", Role.HEAD, True),
        ("county.petitions", Role.CLERK, True),
        ("city.petitions", Role.SUPERVISOR, True),
        ("province.petitions", Role.SUPERVISOR, True),
        ("county.government", Role.AUDITOR, True),
        ("city.petitions", Role.AUDITOR, True),
        ("county.tax", Role.CLERK, False),
        ("city.housing", Role.CLERK, False),
        ("county.government", Role.HEAD, False),
        ("county.housing", Role.DESIGNER, False),
        ("county.housing", Role.ADMINISTRATOR, False),
        ("city.tax", Role.SUPERVISOR, False),
    ],
)
def test_an_ordinary_file_is_seen_by_those_with_a_part_and_those_who_oversee_or_audit_them(
    organ: str, role: Role, expected: bool
) -> None:
    assert expected == sees(directory(held("jia", organ, role)), "jia", organ, ORDINARY)


def test_an_auditor_sees_their_own_level_and_not_the_one_beside_or_above() -> None:
    house = directory(held("jia", "county.government", Role.AUDITOR))

    above = Sight(parts=frozenset({"city.housing"}))

    assert not sees(house, "jia", "county.government", above)


@pytest.mark.parametrize(("sealed", "expected"), [(True, True), (False, False)])
def test_a_sealed_file_is_seen_only_by_appointments_that_open_sealed_matters(
    sealed: bool, expected: bool
) -> None:
    house = directory(clerk("jia", "county.petitions", sealed=sealed))

    assert expected == sees(house, "jia", "county.petitions", SEALED)


def test_overseeing_opens_no_sealed_file() -> None:
    house = directory(held("jia", "city.petitions", Role.SUPERVISOR, sealed=True))

    assert not sees(house, "jia", "city.petitions", SEALED)


def test_a_substitute_does_not_inherit_the_right_to_see_sealed_files() -> None:
    house = directory(
        clerk("jia", "county.petitions", sealed=True),
        clerk("yi", "county.petitions"),
        substitutions=[
            Substitution(
                absent="jia",
                substitute="yi",
                organ="county.petitions",
                valid_from=date(2026, 1, 1),
            )
        ],
    )

    assert sees(house, "yi", "county.petitions", ORDINARY)
    assert not sees(house, "yi", "county.petitions", SEALED)


def test_the_accused_and_their_colleagues_see_nothing_even_with_a_part_in_it() -> None:
    """Art. 30(3): the accused organ and person learn nothing, by whatever role they hold."""
    accusation = replace(
        SEALED,
        excluded=exclusion(directory(), ["county.housing"], TODAY),
        parts=SEALED.parts | {"county.waterworks"},
    )
    house = directory(
        clerk("jia", "county.housing", sealed=True),
        held("yi", "county.government", Role.AUDITOR, sealed=True),
        clerk("yi", "county.housing"),
        clerk("bing", "county.waterworks", sealed=True),
        clerk("ding", "county.petitions", sealed=True),
        clerk("wu", "county.petitions", sealed=True),
        clerk("wu", "county.housing", valid_to=date(2020, 1, 1)),
    )

    assert not sees(house, "jia", "county.housing", accusation)
    assert not sees(house, "yi", "county.government", accusation)
    assert not sees(house, "bing", "county.waterworks", accusation)
    assert sees(house, "ding", "county.petitions", accusation)
    assert not sees(house, "wu", "county.petitions", accusation)


def test_the_petition_office_keeps_an_accusation_against_its_own_government() -> None:
    """Art. 22(2) gives such a matter to the petition office, to pass it on to the discipline organ."""
    house = directory(clerk("jia", "county.petitions", sealed=True))
    excluded = exclusion(house, ["county.government"], TODAY)

    assert "county.housing" in excluded
    assert "county.petitions" not in excluded
    assert sees(house, "jia", "county.petitions", replace(SEALED, excluded=excluded))


def test_a_recused_person_sees_the_file_no_more() -> None:
    house = directory(clerk("jia", "county.housing"), clerk("yi", "county.housing"))
    file = replace(ORDINARY, recused=frozenset({"jia"}))

    assert not sees(house, "jia", "county.housing", file)
    assert sees(house, "yi", "county.housing", file)


def test_a_refusal_reads_the_same_whatever_its_cause() -> None:
    house = directory(clerk("jia", "county.housing"), clerk("yi", "county.tax"))
    sealed = may_see(house, acting("jia", "county.housing"), SEALED, TODAY)
    foreign = may_see(house, acting("yi", "county.tax"), ORDINARY, TODAY)

    assert sealed == foreign


def test_somebody_without_a_role_sees_nothing() -> None:
    house = directory(clerk("jia", "county.housing"))

    assert not sees(house, "stranger", "county.housing", ORDINARY)
    assert not sees(house, "jia", "no.such.organ", ORDINARY)


SOME_IDS = st.frozensets(
    st.sampled_from([*(f"o{n}" for n in range(20)), *(f"p{n}" for n in range(4))]), max_size=3
)


@given(house=random_directories(), excluded=SOME_IDS, data=st.data())
def test_in_any_office_nobody_bound_to_an_excluded_organ_ever_sees_or_receives(
    house: Directory, excluded: frozenset[str], data: st.DataObject
) -> None:
    known = frozenset(id for id in excluded if house.exists(id) or id in house.people)
    shut_out = exclusion(house, known, TODAY)
    everything = Sight(
        parts=frozenset(house.organs), excluded=known, sealed=data.draw(st.booleans())
    )

    for person in house.people:
        for organ in house.organs_of(person, TODAY):
            seen = may_see(house, Actor(person=person, organ=organ.id), everything, TODAY)
            if organ.id in shut_out or person in shut_out:
                assert not seen
                assert not may_be_given_to(house, person, known, (), TODAY)
            if seen:
                assert may_be_given_to(house, person, known, (), TODAY)
                assert may_receive(house, organ.id, known, TODAY)


@given(house=random_directories(), parts=SOME_IDS)
def test_in_any_office_sealing_a_file_shows_it_to_nobody_new_among_those_who_work_on_it(
    house: Directory, parts: frozenset[str]
) -> None:
    open_file, sealed_file = Sight(parts=parts), Sight(parts=parts, sealed=True)

    for person in house.people:
        for organ in house.organs_of(person, TODAY):
            within = reach(house, Actor(person=person, organ=organ.id), TODAY)

            assert within.sealed <= within.open
            assert not may_see_within(within, sealed_file) or may_see_within(within, open_file)
