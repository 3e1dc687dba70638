"""Duties as sequences: owed after one happening, until another, or until they lawfully fall away."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.acts.catalogue import ACTS
from engine.errors import DataError
from engine.petition.facts import FACTS
from engine.statute.duties import Happening, Owed, load_duties, owed_after, read_duties
from engine.statute.law import load_law


def _rule(id: str) -> Owed:
    return next(one for one in load_duties() if one.id == id)


def _owed(*happenings: Happening) -> list[str]:
    return [one.id for one in owed_after(happenings)]


def test_a_duty_is_owed_until_it_is_done() -> None:
    issued = Happening(act="issue_opinion", documents=frozenset({"handling_opinion"}))
    served = Happening(act="prove_service", facts={"opinion_served": True})

    assert _owed(issued) == ["serve_opinion"]
    assert _owed(issued, served) == []
    assert _owed(served, issued) == ["serve_opinion"]


def test_a_duty_falls_away_with_its_ground_and_every_duty_with_a_withdrawal() -> None:
    suggestion = Happening(act="route", facts={"route": "suggestion"})
    rerouted = Happening(act="reroute", facts={"route": "route_5"})
    withdrawn = Happening(act="withdraw", facts={"closing": "withdrawn"})

    assert _owed(suggestion) == ["answer_suggestion"]
    assert _owed(suggestion, rerouted) == ["perform_duty"]
    assert _owed(suggestion, rerouted, withdrawn) == []


def test_what_is_done_at_once_was_never_owed() -> None:
    report = Happening(
        act="report_urgent", facts={"urgent": True}, documents=frozenset({"urgent_report"})
    )

    assert _owed(report) == []


def test_a_boolean_that_is_forgotten_has_become_false() -> None:
    redo = Happening(act="prove_service", facts={"opinion_issued": None})

    assert _owed(redo) == ["give_opinion"]
    assert not _rule("give_opinion").touched_by(Happening(act="add_material"))


def test_every_duty_names_acts_documents_and_facts_that_there_are() -> None:
    kinds = {rule.kind for rule in load_law().documents()}
    for rule in load_duties():
        for pattern in (*rule.after, *rule.until, *rule.lifted):
            assert pattern.act is None or pattern.act in ACTS, rule.id
            assert pattern.document is None or pattern.document in kinds, rule.id
            fact = FACTS.get(pattern.fact or "")
            assert pattern.fact is None or fact is not None, rule.id
            assert fact is None or not fact.values or set(pattern.values) <= set(fact.values), (
                rule.id
            )


@pytest.mark.parametrize(
    "row",
    [
        'article = "35"',
        'id = "x"\narticle = "35"\nclause = "第三十五条"\ntitle = { zh = "题", en = "T" }\nmark = "V"\nafter = [{ deed = "a" }]',
        'id = "x"\narticle = "35"\nclause = "第三十五条"\ntitle = { zh = "题", en = "T" }\nmark = "Q"',
    ],
)
def test_a_malformed_duty_stops_the_start_naming_the_row(row: str, tmp_path: Path) -> None:
    file = tmp_path / "duties.toml"
    head = '[version]\nid = "R22"\ntitle = { zh = "条例", en = "Regulation" }\n'
    file.write_text(f"{head}[[owed]]\n{row}\n", "utf-8")

    with pytest.raises(DataError, match=r"duties\.toml"):
        read_duties(file)
