"""What goes to the petitioner is to be served until it was, and it is on record how, when and with what proof (Art. 23)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.errors import BadInput, NotPermitted, Refused
from engine.petition.documents import Document, ServiceState
from tests.office.counters import Counter

POSTED: Mapping[str, Any] = {
    "result": "delivered", "method": "post", "proof": "post_receipt", "recipient": "演示甲",
}  # fmt: skip
UNCLEAR = {"petitioner_name": None, "petitioner_address": None}


def papers(counter: Counter, petition: str) -> dict[str, Document]:
    with counter.house.store.reading() as desk:
        return {
            one.kind: one
            for one in desk.file(
                counter.actor("anna"), petition, on=counter.clock.now().date()
            ).documents
        }


def serve(counter: Counter, petition: str, kind: str, who: str = "carl", **answers: Any) -> None:
    given = {**POSTED, **answers}
    counter.does(
        "serve_notice", petition, who, document=papers(counter, petition)[kind].id, **given
    )


def test_a_notice_is_to_be_served_until_it_was(counter: Counter) -> None:
    petition = counter.accepted()
    notice = papers(counter, petition)["acceptance_notice"]
    assert notice.service is ServiceState.PENDING

    serve(counter, petition, "acceptance_notice", result="sent", proof=None, recipient=None)
    assert papers(counter, petition)["acceptance_notice"].service is ServiceState.DISPATCHED
    serve(counter, petition, "acceptance_notice", result="undelivered")
    assert papers(counter, petition)["acceptance_notice"].service is ServiceState.UNDELIVERED
    serve(counter, petition, "acceptance_notice")

    found = papers(counter, petition)
    assert found["acceptance_notice"].service is ServiceState.DELIVERED
    assert found["service_receipt"].to == "file"
    entry = counter.entries(petition)[-1]
    assert (entry.inputs["document"], entry.inputs["method"]) == (notice.id, "post")
    assert entry.inputs["proof"] == "post_receipt"
    assert "to_serve" not in counter.file(petition).facts
    assert counter.offers(petition, "carl").find("serve_notice").refused is not None  # type: ignore[union-attr]


def test_what_is_handed_over_on_the_spot_is_served_with_the_act(counter: Counter) -> None:
    """Art. 23(2): 能够当场告知的,应当当场书面告知."""
    petition = counter.goes(counter.forwarded(), "sign_for", "route")
    counter.does("accept", petition, handed_over=True)

    found = papers(counter, petition)
    assert found["acceptance_notice"].service is ServiceState.DELIVERED
    assert found["service_receipt"].issued_on == found["acceptance_notice"].issued_on
    assert "to_serve" not in counter.file(petition).facts
    assert counter.entries(petition)[-1].inputs["handed_over"] is True


def test_what_stays_inside_is_never_to_be_served(counter: Counter) -> None:
    petition = counter.served()
    found = papers(counter, petition)
    inside = [one for one in found.values() if one.to != "petitioner"]

    assert len(inside) > 3
    assert {one.service for one in inside} == {ServiceState.NOT_NEEDED}
    assert found["receipt"].service is ServiceState.NOT_NEEDED


def test_delivery_needs_its_proof_and_electronic_service_consent(counter: Counter) -> None:
    petition = counter.accepted()
    notice = papers(counter, petition)["acceptance_notice"].id
    for kind, answers in (
        (BadInput, {"proof": None}),
        (BadInput, {"recipient": None}),
        (BadInput, {"document": "no-such-paper"}),
        (Refused, {"method": "electronic"}),
        (Refused, {"result": "excused"}),
        (BadInput, {"served_on": "2026-03-01"}),
    ):
        command = counter.command(
            "serve_notice", petition, "carl", **{"document": notice, **POSTED, **answers}
        )
        counter.refuses(command, kind)


def test_nobody_but_the_organ_that_issued_it_serves_a_notice(counter: Counter) -> None:
    petition = counter.accepted()
    notice = papers(counter, petition)["acceptance_notice"].id
    command = counter.command("serve_notice", petition, "anna", document=notice, **POSTED)

    assert isinstance(counter.refuses(command), Refused)
    with pytest.raises(NotPermitted):
        counter.does("serve_notice", petition, "sven", document=notice, **POSTED)


def test_a_notice_that_nobody_can_be_given_is_excused_with_the_reason(counter: Counter) -> None:
    """Art. 23(2): name or address unclear; what cannot be served is not to be served for ever."""
    petition = counter.goes(counter.forwarded(**UNCLEAR), "sign_for", "route", "accept")
    serve(counter, petition, "acceptance_notice", result="excused", note="无姓名、住址",
          method=None, proof=None, recipient=None)  # fmt: skip

    assert papers(counter, petition)["acceptance_notice"].service is ServiceState.NOT_NEEDED
    assert "to_serve" not in counter.file(petition).facts


def test_an_opinion_is_served_at_its_own_step_and_by_no_other_way(counter: Counter) -> None:
    petition = counter.goes(
        counter.accepted(), "appoint", "hear_petitioner", "investigate", "issue_opinion"
    )
    opinion = papers(counter, petition)["handling_opinion"].id
    command = counter.command("serve_notice", petition, "carl", document=opinion, **POSTED)
    assert "送达" in counter.refuses(command, Refused).text.zh

    counter.goes(petition, "dispatch", "prove_service")
    assert papers(counter, petition)["handling_opinion"].service is ServiceState.DELIVERED
    assert opinion not in str(counter.file(petition).facts.get("to_serve"))


def test_after_the_end_what_was_not_served_still_is(counter: Counter) -> None:
    petition = counter.accepted()
    counter.does("withdraw", petition, "carl")
    assert counter.file(petition).closed_at is not None

    serve(counter, petition, "acceptance_notice")

    assert papers(counter, petition)["acceptance_notice"].service is ServiceState.DELIVERED


def test_the_worklist_shows_what_is_still_to_be_served(counter: Counter) -> None:
    petition = counter.accepted()
    on = counter.clock.now().date()

    def tab(who: str) -> tuple[int, list[str]]:
        with counter.house.store.reading() as desk:
            page = desk.worklist(counter.actor(who), "to_serve", on=on)
        return page.counts["to_serve"], [row.petition for row in page.rows]

    assert tab("carl") == (1, [petition])
    assert tab("anna") == (0, [])
    serve(counter, petition, "acceptance_notice")
    assert tab("carl") == (0, [])
