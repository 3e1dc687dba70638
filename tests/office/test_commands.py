"""A command is carried out once, in one transaction; a refusal changes nothing, not even a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import ActRefused, BadInput, NotFound, NotOffered, NotPermitted, Refused, Stale
from engine.petition.commands import Command
from tests.office.counters import Counter


def test_a_start_act_sent_again_opens_no_second_file(counter: Counter) -> None:
    command = counter.command("register")
    first = counter.perform(command)
    before = counter.everything()

    again = counter.perform(command)

    assert again == replace(first, repeated=True)
    assert counter.everything() == before


def test_a_step_sent_again_gives_the_same_receipt_though_the_file_has_moved_on(
    counter: Counter,
) -> None:
    petition = counter.goes(counter.registered(), "sort")
    command = counter.command("forward", petition)
    first = counter.perform(command)
    counter.goes(petition, "sign_for", "route")

    again = counter.perform(command)

    assert again == replace(first, repeated=True)
    assert len(first.documents) == 1


def test_the_key_of_one_file_carries_out_nothing_on_another(counter: Counter) -> None:
    one, other = counter.registered(), counter.registered()
    done = counter.command("sort", one)
    counter.perform(done)

    counter.refuses(replace(done, petition=other), BadInput)


def test_a_refusal_by_the_statute_changes_nothing(counter: Counter) -> None:
    petition = counter.forwarded()
    counter.goes(petition, "sign_for", "route", "accept")

    refusal = counter.refuses(counter.command("object", petition, "carl"), ActRefused)

    assert isinstance(refusal, ActRefused)
    assert refusal.article


def test_what_the_engine_alone_does_is_done_by_nobody_else(counter: Counter) -> None:
    petition = counter.accepted()

    counter.refuses(
        replace(counter.command("sort", petition), act="recalendar", answers={}), NotPermitted
    )


def test_the_wrong_person_changes_nothing(counter: Counter) -> None:
    petition = counter.accepted()

    counter.refuses(counter.command("appoint", petition, "carl"), NotPermitted)
    counter.refuses(counter.command("appoint", petition, "tina"), NotFound)


def test_a_role_that_the_directory_does_not_know_registers_nothing(counter: Counter) -> None:
    clerk = counter.actor("anna")

    counter.refuses(counter.command("register", who=replace(clerk, person="nobody")), NotPermitted)
    counter.refuses(counter.command("register", who=replace(clerk, organ="nowhere")), NotPermitted)


def test_an_answer_that_cannot_be_read_changes_nothing(counter: Counter) -> None:
    petition = counter.registered()

    fault = counter.refuses(counter.command("sort", petition, disposition="nowhere"), BadInput)

    assert isinstance(fault, BadInput)
    assert list(fault.fields) == ["disposition"]


def test_an_act_that_nobody_knows_changes_nothing(counter: Counter) -> None:
    petition = counter.registered()

    counter.refuses(counter.command("grade", petition, "anna"), NotOffered)
    counter.refuses(counter.command("sort"), NotOffered)
    counter.refuses(counter.command("sort", "no such file", "anna"), NotFound)


def test_a_step_that_is_not_open_is_not_to_be_had(counter: Counter) -> None:
    petition = counter.forwarded()

    counter.refuses(counter.command("accept", petition), NotOffered)
    for step in (0, -1, 999):
        counter.refuses(replace(counter.command("sign_for", petition), step=step), NotOffered)


def test_the_step_of_another_act_is_not_to_be_had(counter: Counter) -> None:
    petition = counter.forwarded()

    other = replace(counter.command("route", petition), step=counter.step(petition, "sign_for"))
    counter.refuses(other, NotOffered)


def test_a_page_that_has_grown_old_is_refused_even_from_the_first_version_on(
    counter: Counter,
) -> None:
    petition = counter.registered()
    seen = counter.file(petition).version
    assert seen == 0
    counter.goes(petition, "sort")

    counter.refuses(replace(counter.command("forward", petition), expected_version=seen), Stale)


def test_a_present_page_is_taken(counter: Counter) -> None:
    petition = counter.registered()
    command = counter.command("sort", petition)

    receipt = counter.perform(replace(command, expected_version=counter.file(petition).version))

    assert receipt.version == counter.file(petition).version == 1


@pytest.mark.parametrize("left_out", ["opinion", "legal_basis"])
def test_a_document_that_leaves_a_part_out_is_refused_and_uses_up_no_number(
    counter: Counter, left_out: str
) -> None:
    petition = counter.goes(counter.accepted(), "appoint", "hear_petitioner", "investigate")

    counter.refuses(_blank(counter.command("issue_opinion", petition), left_out), BadInput)
    counter.does("issue_opinion", petition)

    issued = counter.entries(petition)[-1].consequences["documents"]
    assert [one["number"].rsplit("〕")[-1] for one in issued if one["number"]] == ["1号"]


def test_a_document_that_makes_the_petitioner_promise_not_to_petition_is_refused(
    counter: Counter,
) -> None:
    petition = counter.registered()
    promising = counter.command("withdraw", petition, "anna", wish="我保证不再信访")

    counter.refuses(promising, ActRefused)


def _blank(command: Command, name: str) -> Command:
    return replace(command, answers={**command.answers, name: "   "})


@pytest.mark.parametrize("act", ["recalendar", "seal"])
def test_what_the_engine_alone_does_nobody_else_does(counter: Counter, act: str) -> None:
    petition = counter.registered()

    for who in ("anna", "boss", "sven", "root"):
        counter.refuses(counter.command(act, petition, who), Refused)
