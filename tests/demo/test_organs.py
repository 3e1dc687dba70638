"""The demonstration office is whole: four levels, staff for every role, and a reviewing organ with reviewers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.acts.registration import SUBJECTS
from engine.demo.organs import read_office
from engine.errors import DataError
from engine.people.competence import dangling, propose
from engine.people.passwords import fault
from engine.petition.parties import Level, OrganKind, Role

TODAY = date(2026, 3, 2)
OFFICE = read_office()
DIRECTORY = OFFICE.directory()


def test_every_level_from_town_to_province_has_a_government_and_a_petition_office() -> None:
    for level in (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWNSHIP):
        for kind in (OrganKind.GOVERNMENT, OrganKind.PETITION_OFFICE):
            assert DIRECTORY.of_kind(kind, level, on=TODAY)


def test_somebody_holds_each_role() -> None:
    assert set(Role) == {appointment.role for appointment in OFFICE.appointments}


@pytest.mark.parametrize(
    "organ", ["county.housing", "county.labour", "county.tax", "county.police", "town.government"]
)
def test_an_opinion_of_a_handling_organ_can_be_reviewed_and_reviewed_again(organ: str) -> None:
    review = DIRECTORY.superiors(organ, TODAY)[0]
    again = DIRECTORY.superiors(review.id, TODAY)[0]

    assert DIRECTORY.people_at(organ, Role.HEAD, TODAY)
    assert DIRECTORY.people_at(review.id, Role.REVIEWER, TODAY)
    assert DIRECTORY.people_at(again.id, Role.REVIEWER, TODAY)


def test_a_matter_of_the_dissolved_bureau_goes_to_its_successor() -> None:
    assert DIRECTORY.successor("county.utilities", TODAY).id == "county.housing"


def test_the_competence_table_names_known_organs_and_proposes_one_for_every_topic() -> None:
    assert dangling(OFFICE.competence, DIRECTORY) == ()
    for topic, _, _ in SUBJECTS:
        assert propose(
            OFFICE.competence,
            DIRECTORY,
            subject_category=topic,
            territory="county.government",
            on=TODAY,
        )


def test_everybody_and_every_place_is_plainly_made_up() -> None:
    assert all(person.name.startswith("演示") for person in OFFICE.people)
    assert all(organ.name.zh.startswith("测试") for organ in OFFICE.organs)


def test_the_password_of_the_demonstration_would_be_taken_for_everybody() -> None:
    assert [fault(OFFICE.password, login=person.login) for person in OFFICE.people] == [
        None for _ in OFFICE.people
    ]


def test_codes_and_logins_are_not_shared() -> None:
    codes = [organ.code for organ in OFFICE.organs]
    logins = [person.login for person in OFFICE.people]

    assert len(codes) == len(set(codes))
    assert len(logins) == len(set(logins))


def test_a_malformed_row_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "office.toml"
    broken.write_text("password='x'\nperson=[]\n[[organ]]\nid='a'\n", "utf-8")

    with pytest.raises(DataError, match=r"\[\[organ\]\]第1行"):
        read_office(broken)
