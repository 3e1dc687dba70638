"""When a document counts as received: only when that is proved."""

from __future__ import annotations

from datetime import date

import pytest

from engine.acts.delivery import METHODS
from engine.documents.serving import TITLES, Method, Proof, counts_as_received, why_not_received

SENT = date(2026, 3, 2)
DAY = date(2026, 3, 5)
SIGNED = (Method.IN_PERSON, Method.FAMILY_OR_AGENT, Method.POST, Method.THROUGH_UNIT)


@pytest.mark.parametrize("method", SIGNED)
def test_a_signed_receipt_counts_on_the_day_it_bears(method: Method) -> None:
    assert DAY == counts_as_received(method, Proof(sent_on=SENT, signed_on=DAY))


@pytest.mark.parametrize("method", list(Method))
def test_sent_is_not_received(method: Method) -> None:
    assert counts_as_received(method, Proof(sent_on=SENT)) is None
    assert why_not_received(method, Proof(sent_on=SENT)) is not None


def test_electronic_service_counts_on_arrival_and_only_with_consent() -> None:
    assert DAY == counts_as_received(Method.ELECTRONIC, Proof(arrived_on=DAY, consented=True))
    assert counts_as_received(Method.ELECTRONIC, Proof(arrived_on=DAY)) is None
    assert counts_as_received(Method.ELECTRONIC, Proof(consented=True, sent_on=SENT)) is None


@pytest.mark.parametrize(("witnessed", "filmed"), [(True, False), (False, True), (True, True)])
def test_what_is_refused_and_left_counts_on_that_day(*, witnessed: bool, filmed: bool) -> None:
    left = Proof(refused_on=DAY, left=True, witnessed=witnessed, filmed=filmed)

    assert DAY == counts_as_received(Method.LEFT, left)
    assert why_not_received(Method.LEFT, left) is None


@pytest.mark.parametrize(
    "lacking",
    [
        Proof(refused_on=DAY, left=True),
        Proof(refused_on=DAY, witnessed=True),
        Proof(left=True, witnessed=True),
    ],
)
def test_leaving_it_without_refusal_or_witness_counts_for_nothing(lacking: Proof) -> None:
    assert counts_as_received(Method.LEFT, lacking) is None


def test_a_refusal_alone_is_no_receipt() -> None:
    assert counts_as_received(Method.IN_PERSON, Proof(refused_on=DAY)) is None


def test_there_is_no_public_notice_and_every_way_has_its_name() -> None:
    assert {method.value for method in Method} == {value for value, _, _ in METHODS}
    assert set(Method) == set(TITLES)
