"""The competence table proposes, with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import DataError
from engine.people.competence import CompetenceRow, dangling, parse_competence, propose
from tests.people.offices import TODAY, changed, directory, four_levels

TABLE = """
[[competence]]
subject_category = "housing"
territory = "county.government"
organ = "county.housing"
basis = "测试县职责清单"

[[competence]]
subject_category = "housing"
territory = "city.government"
organ = "city.housing"

[[competence]]
territory = "county.government"
organ = "county.government"

[[competence]]
subject_category = "tax"
territory = "county.government"
organ = "county.tax"
valid_to = 2026-01-01
"""
ROWS = parse_competence(TABLE.encode(), "competence.toml")


def organs(
    subject: str | None, territory: str | None, rows: tuple[CompetenceRow, ...] = ROWS
) -> list[str]:
    found = propose(rows, directory(), subject_category=subject, territory=territory, on=TODAY)
    return [proposal.organ for proposal in found]


def test_the_row_for_the_subject_and_the_place_goes_first() -> None:
    assert organs("housing", "county.government") == [
        "county.housing",
        "city.housing",
        "county.government",
    ]


def test_a_place_without_a_row_of_its_own_falls_back_on_the_area_around_it() -> None:
    assert organs("housing", "town.government")[0] == "county.housing"


def test_a_row_that_no_longer_holds_proposes_nothing() -> None:
    assert "county.tax" not in organs("tax", "county.government")


def test_an_unknown_subject_is_proposed_to_whoever_takes_every_subject() -> None:
    assert organs("parks", "county.government") == ["county.government"]
    assert organs(None, None) == []


def test_a_proposal_names_its_reason() -> None:
    first = propose(
        ROWS, directory(), subject_category="housing", territory="county.government", on=TODAY
    )[0]

    assert "测试县职责清单" in first.reason.zh


def test_a_dissolved_organ_is_replaced_by_its_successor_or_left_out() -> None:
    """Art. 24(2)."""
    succeeded = directory(
        organs=changed(
            four_levels(), "county.housing", valid_to=date(2026, 1, 1), successor="county.tax"
        )
    )
    gone = directory(organs=changed(four_levels(), "county.housing", valid_to=date(2026, 1, 1)))

    def first(house: object) -> str:
        found = propose(
            ROWS,
            house,  # type: ignore[arg-type]
            subject_category="housing",
            territory="county.government",
            on=TODAY,
        )
        return found[0].organ

    assert first(succeeded) == "county.tax"
    assert first(gone) == "city.housing"


@pytest.mark.parametrize(
    "broken",
    [
        "[[competence]]\nsubject_category = 'x'",
        "[[competence]]\norgan = 'a'\nowner = 'b'",
        "not toml",
    ],
)
def test_a_malformed_table_is_refused_by_file_and_row(broken: str) -> None:
    with pytest.raises(DataError, match=r"broken\.toml第1行"):
        parse_competence(broken.encode(), "broken.toml")


def test_rows_that_name_unknown_organs_are_found() -> None:
    rows = (*ROWS, CompetenceRow(organ="nowhere"))

    assert dangling(rows, directory()) == (rows[-1],)
