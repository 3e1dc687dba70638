"""The petitioner's evaluation: their own, of either office, at any time, and nothing depends on it."""

from __future__ import annotations

import pytest

from engine.errors import BadInput
from tests.acts.situations import Matter, accepted, finished, registered, served

ANSWERS = {"own": True, "office_grade": "satisfied", "remark": "演示:登记很快"}


@pytest.mark.parametrize("where", [registered, accepted, served, finished])
def test_a_petitioner_evaluates_either_office_at_any_time_and_nothing_follows(
    where: object,
) -> None:
    matter: Matter = where()  # type: ignore[operator]
    facts, ledger = dict(matter.facts), tuple(matter.ledger)
    matter.does("evaluate", "anna", **ANSWERS)

    fields = matter.paper("evaluation_record").fields
    assert (fields["office_grade"], fields["organ_grade"]) == ("满意", "未评价")
    assert fields["remark"] == "演示:登记很快"
    assert (dict(matter.facts), tuple(matter.ledger)) == (facts, ledger)


def test_nobody_evaluates_for_the_petitioner() -> None:
    assert accepted().refused("evaluate", "anna", **ANSWERS | {"own": False}).article == "21(2)"


def test_an_evaluation_of_neither_is_none() -> None:
    with pytest.raises(BadInput, match="至少评价一方"):
        accepted().does("evaluate", "anna", office_grade=None)
