"""Who reviews whom, by rule, and what becomes of organs that are dissolved."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from engine.errors import DataError, NotFound
from engine.people.directory import Directory
from engine.petition.parties import Level, OrganKind
from tests.people.offices import TODAY, changed, directory, four_levels, organ, random_organs


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("county.housing", ("county.government", "city.housing")),
        ("county.tax", ("city.tax",)),
        ("county.government", ("city.government",)),
        ("town.government", ("county.government",)),
        ("county.discipline", ("city.discipline",)),
        ("county.petitions", ("city.petitions", "county.government")),
        ("county.waterworks", ("county.housing",)),
        ("province.government", ()),
        ("province.tax", ()),
    ],
)
def test_the_reviewing_organs_follow_the_kind_of_organ(id: str, expected: tuple[str, ...]) -> None:
    """Art. 35: 「原办理机关、单位的上一级机关、单位」; which one that is, the order of the state says."""
    found = directory().superiors(id, TODAY)

    assert expected == tuple(upper.id for upper in found)


def test_a_dissolved_superior_is_replaced_by_its_successor_from_that_day() -> None:
    organs = (
        *changed(
            four_levels(), "city.housing", valid_to=date(2026, 1, 1), successor="city.construction"
        ),
        organ("city.construction", OrganKind.DEPARTMENT, Level.CITY, government="city.government"),
    )
    house = directory(organs=organs)

    before = house.superiors("county.housing", date(2025, 12, 31))
    after = house.superiors("county.housing", date(2026, 1, 1))

    assert [upper.id for upper in before] == ["county.government", "city.housing"]
    assert [upper.id for upper in after] == ["county.government", "city.construction"]
    assert house.predecessors("city.construction") == {"city.housing"}
    assert house.successor("city.housing", TODAY).id == "city.construction"


def test_an_organ_gone_without_successor_is_left_to_its_government() -> None:
    """Art. 24(2): the Party committee and government of the level name who takes the matter."""
    house = directory(organs=changed(four_levels(), "county.tax", valid_to=date(2026, 1, 1)))

    with pytest.raises(NotFound) as refusal:
        house.successor("county.tax", TODAY)

    assert refusal.value.article == "24(2)"


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (("county.housing", "town.government"), "county.government"),
        (("county.housing", "county.government"), "city.government"),
        (("county.petitions", "county.housing"), "county.government"),
        (("county.tax", "county.housing"), None),
        (("county.tax", "city.tax"), "province.tax"),
    ],
)
def test_a_dispute_is_decided_by_the_nearest_common_superior(
    ids: tuple[str, ...], expected: str | None
) -> None:
    found = directory().common_superior(ids, TODAY)

    assert expected == (found.id if found else None)


def test_a_dispute_without_common_superior_goes_to_the_common_joint_conference() -> None:
    found = directory().joint_conference_of(("county.tax", "town.government"), TODAY)

    assert found is not None
    assert found.id == "county.conference"


def test_an_organ_refers_down_only_within_its_own_system() -> None:
    """Art. 23(1): 「对属于本系统下级机关、单位职权范围的」."""
    house = directory()

    assert house.same_system_below("city.housing", "county.housing")
    assert house.same_system_below("province.tax", "county.tax")
    assert house.same_system_below("county.government", "county.housing")
    assert not house.same_system_below("city.housing", "county.tax")
    assert not house.same_system_below("county.government", "county.tax")
    assert not house.same_system_below("county.housing", "city.housing")
    assert not house.same_system_below("county.housing", "county.housing")


def test_every_organ_has_the_petition_office_of_its_level_or_of_the_next() -> None:
    house = directory()

    def office(id: str) -> str:
        found = house.petition_office_of(id, TODAY)
        return found.id if found else ""

    assert office("county.tax") == "county.petitions"
    assert office("town.government") == "county.petitions"
    assert office("city.petitions") == "city.petitions"
    assert office("county.waterworks") == "county.petitions"


def test_a_petition_office_is_supervised_by_the_next_higher_one() -> None:
    house = directory()

    above = house.petition_office_above("county.petitions", TODAY)

    assert above is not None
    assert above.id == "city.petitions"
    assert house.petition_office_above("province.petitions", TODAY) is None


def test_a_row_that_names_an_unknown_organ_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="nowhere"):
        Directory.of(changed(four_levels(), "county.tax", higher_department="nowhere"))


@given(organs=random_organs())
def test_in_any_office_no_organ_reviews_itself_and_every_superior_exists(organs: tuple) -> None:  # type: ignore[type-arg]
    house = Directory.of(organs)

    for one in organs:
        uppers = house.superiors(one.id, TODAY)

        assert one.id not in {upper.id for upper in uppers}
        assert all(upper.valid_on(TODAY) for upper in uppers)
        assert not house.is_superior(one.id, one.id, TODAY)


@given(organs=random_organs())
def test_in_any_office_above_and_below_mirror_each_other(organs: tuple) -> None:  # type: ignore[type-arg]
    house = Directory.of(organs)
    tree = house.hierarchy(TODAY)

    above = {(lower.id, upper) for lower in organs for upper in tree.above(lower.id)}
    below = {(lower, upper.id) for upper in organs for lower in tree.below(upper.id)}

    assert above == below


@given(organs=random_organs())
def test_in_any_office_a_common_superior_stands_above_both(organs: tuple) -> None:  # type: ignore[type-arg]
    house = Directory.of(organs)
    first, second = organs[0].id, organs[1].id

    found = house.common_superior((first, second), TODAY)

    if found is not None:
        assert house.is_superior(found.id, first, TODAY)
        assert house.is_superior(found.id, second, TODAY)
        assert found.id not in {first, second}
    assert found == house.common_superior((second, first), TODAY)
