"""Every way through the shipped drawings can be gone, and every flow of every drawing is taken on one of them."""

from __future__ import annotations

import pytest

from tests.procedure.small_world import Petition
from tests.processes.shipped import procedure
from tests.processes.ways import WAYS, Way


def _travelled(way: Way) -> tuple[bool, tuple[str, ...], frozenset[str]]:
    """Whether the way came to its end, the elements it entered, and the flows it took."""
    petition = Petition(procedure(), way.process, facts=dict(way.begins_with))
    for move in way.moves:
        petition.facts.update(move.facts)
        if move.what.startswith("!"):
            assert petition.act(move.what[1:]), move
        elif move.what.startswith("@"):
            assert petition.fire(move.what[1:]), move
        else:
            petition.do(move.what)
    flows = frozenset(petition.progress.flows_taken())
    return petition.progress.finished, petition.progress.position().entered, flows


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_the_way_leads_where_it_should(way: Way) -> None:
    finished, entered, _ = _travelled(way)

    assert finished
    assert {way.ends} | way.passes <= set(entered)


def test_every_flow_of_every_drawing_is_taken_on_some_way() -> None:
    taken = frozenset[str]().union(*(_travelled(way)[2] for way in WAYS))

    assert [] == sorted({flow.id for flow in procedure().flows()} - taken)


def test_a_petition_whose_notice_is_overdue_stays_open() -> None:
    petition = Petition(procedure(), "petition")
    petition.do("sort", disposition="forward").do("forward")
    petition.fire("T3")

    assert ["sign_for"] == petition.open
    assert not petition.progress.finished


def test_a_supported_opinion_keeps_the_petition_open_until_it_is_executed() -> None:
    """Art. 32(2): support is not yet the end."""
    executed = next(way for way in WAYS if way.name == "supported and executed")
    petition = Petition(procedure(), "petition")
    for move in executed.moves:
        petition.facts.update(move.facts)
        if move.what.startswith("@"):
            petition.fire(move.what[1:])
        elif move.what != "confirm_execution":
            petition.do(move.what)

    assert ["confirm_execution"] == petition.open
