"""A change of the law is rehearsed: what uses it is told, what would come out otherwise is shown, and nothing is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.clock import legal_date
from engine.drafting.rehearsal import Rehearsal
from engine.drafting.uses import acts_using, modules_using
from engine.errors import BadInput
from engine.petition.parties import Actor
from tests.acts.situations import HOUSING
from tests.office.counters import Counter

LATER = 'from = 2030-01-01\n[[limit]]\nid = "T5"\nlength = 45\n'


def rehearse(counter: Counter, text: str, who: str = "anna") -> Rehearsal:
    """The rehearsal of *text*, which may change nothing."""
    viewer: Actor = counter.actor(who)
    before = counter.everything()
    found = counter.house.rehearse(text, viewer)
    assert counter.everything() == before
    return found


def test_everything_that_uses_a_limit_is_told(counter: Counter) -> None:
    (use,) = rehearse(counter, LATER).uses

    assert use.differences == (("length", "60", "45"),)
    assert {one.process for one in use.elements if one.clock == "T5"}
    assert {"extend", "dispatch", "accept"} <= set(use.acts)
    assert "withdraw" not in use.acts
    assert "engine/acts/extension.py" in use.modules


def test_everything_that_uses_a_document_is_told(counter: Counter) -> None:
    text = 'from = 2030-01-01\n[[document]]\nkind = "handling_opinion"\noptional = ["contact"]\n'
    (use,) = rehearse(counter, text).uses

    assert [name for name, _, _ in use.differences] == ["optional"]
    assert use.templates == ("documents/handling_opinion.html",)
    assert {one.id for one in use.elements} == {"issue_opinion"}
    assert use.acts == ("issue_opinion",)


def test_clocks_that_started_before_keep_their_rule_and_later_ones_change(counter: Counter) -> None:
    counter.accepted()
    day = legal_date(counter.clock.now())
    then = rehearse(counter, LATER)
    assert (then.shifts, then.kept) == ((), 1)

    now = rehearse(counter, LATER.replace("2030-01-01", day.isoformat()))
    (shift,) = now.shifts
    assert now.kept == 0
    assert shift.was.started_on == day
    assert shift.was.nominal_due == day + timedelta(days=60)
    assert shift.now.nominal_due == day + timedelta(days=45)
    assert counter.house.law.limit_by_id("T5").length == 60


def test_of_sealed_files_nobody_learns_who_may_not_see_them(counter: Counter) -> None:
    text = f'from = {legal_date(counter.clock.now())}\n[[limit]]\nid = "T1"\nlength = 10\n'
    counter.registered()
    seen = rehearse(counter, text)
    counter.registered(category="accusation", accused_organ=HOUSING)

    assert rehearse(counter, text).shifts == seen.shifts
    assert len(rehearse(counter, text, "abel").shifts) > len(seen.shifts)


def test_the_check_of_the_drawings_in_force_is_repeated_under_the_changed_law(
    counter: Counter,
) -> None:
    same = rehearse(counter, LATER)
    assert (same.arisen, same.gone) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "", "from = 2030-01-01", "x = [", 'from = "x"\n[[limit]]\nid = "T5"', '[[limit]]\nid = "T5"\nlength = 45',
        'from = 2030-01-01\n[[limit]]\nid = "T99"\nlength = 1', 'from = 2030-01-01\n[[limit]]\nlength = 1',
        'from = 2030-01-01\n[[limit]]\nid = "T5"\nlength = "many"', 'from = 2030-01-01\n[[limit]]\nid = "T5"\ncolour = 1',
        'from = 2030-01-01\n[[duty]]\nid = "D1"', 'from = 2030-01-01\nlimit = 7', f'from = 2030-01-01\n# {"x" * 100_001}',
        'from = 2030-01-01\n[[document]]\nkind = "receipt"\nparts = ["nowhere"]', "from = 2030-01-01T00:00:00",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(counter: Counter, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        rehearse(counter, text)
    assert set(refused.value.fields) == {"text"}


def test_what_nothing_names_is_used_by_nothing() -> None:
    assert acts_using(("no_such_limit",)) == ()
    assert modules_using(("no_such_limit",)) == ()
