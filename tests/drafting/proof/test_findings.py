"""What a finding says, and the small rules of the proof: warnings, words, sizes, the cache, the doors."""

from __future__ import annotations

import pytest

from engine.bootstrap import shipped_source, vocabulary
from engine.drafting.proof import prove, proved
from engine.errors import DrawingRefused
from engine.procedure import Finding, Severity
from engine.procedure.findings import refusals
from engine.statute.law import load_law
from tests.drafting.mutations.redrawing import Edit, redrawn
from tests.procedure import diagrams as draw

WORDS = vocabulary(load_law())
LATE: Edit = ("remove", "handling_overdue")


def found(*edits: Edit, rule: str) -> Finding:
    return next(one for one in prove(redrawn(*edits), WORDS).findings if one.rule == rule)


def test_a_finding_names_clause_element_and_a_run_that_can_be_played() -> None:
    finding = found(LATE, rule="duty_without_clock")

    assert (finding.clause, finding.file, finding.element) == ("34", "handling.bpmn", "appoint")
    assert "34" in finding.message.zh
    assert "34" in finding.message.en
    first, *_, last = finding.run
    assert (first.kind, first.word, first.element) == ("start", "register", None)
    assert first.choice["receiver"] in {"office", "organ"}
    assert (last.kind, last.word, last.element) == ("act", "accept", "accept")
    assert all(step.words.zh and step.words.en for step in finding.run)


def test_a_run_is_a_shortest_one() -> None:
    lengths = [len(one.run) for one in prove(redrawn(LATE), WORDS).findings if one.run]

    assert lengths == sorted(lengths)
    assert min(lengths) == len(("registered directly", "sorted as its own", "path", "acceptance"))


def test_no_date_of_the_abstract_office_is_told() -> None:
    finding = found(("remove", "review_period_over"), rule="refused_step")

    assert "20" not in finding.message.zh.replace("第20", "")


def test_what_is_refused_is_not_put_in_force() -> None:
    with pytest.raises(DrawingRefused):
        proved(redrawn(LATE), WORDS)
    assert proved(shipped_source(), WORDS).digest == shipped_source().digest


def test_a_limit_of_ones_own_that_may_outlast_the_law_is_a_warning() -> None:
    edit: Edit = ("timer", "investigate", "late", "limit", "90 days")
    finding = found(edit, rule="limit_may_outlast")

    assert finding.severity is Severity.WARN
    assert finding.clause == "34"
    assert refusals(prove(redrawn(edit), WORDS).findings) == []


def test_a_step_that_nothing_leads_to_is_a_warning() -> None:
    edit: Edit = (
        "choice",
        "hear_petitioner_to_investigate",
        "never",
        "annulled",
        "investigate",
        "idle",
    )
    finding = found(edit, rule="never_reached")

    assert (finding.severity, finding.element) == (Severity.WARN, "idle")


def test_a_process_that_nobody_calls_is_a_warning() -> None:
    source = redrawn().with_files({"spare.bpmn": draw.document(draw.straight("spare", "look")),
                                   "forms/note.toml": draw.FORM.format(name="note").encode()})  # fmt: skip
    [finding] = prove(source, WORDS).findings

    assert (finding.rule, finding.severity, finding.element) == (
        "never_called",
        Severity.WARN,
        "spare",
    )


def test_a_version_in_which_no_file_begins_is_refused() -> None:
    source = draw.version(draw.straight("p", "look"))

    assert {one.rule for one in refusals(prove(source, WORDS).findings)} == {"no_beginning"}


def test_a_drawing_too_large_to_decide_is_refused_with_the_reason() -> None:
    [finding] = refusals(prove(shipped_source(), WORDS, most=100).findings)

    assert finding.rule == "too_large_to_decide"
    assert "100" in finding.message.zh


def test_tokens_that_multiply_without_end_are_refused() -> None:
    again: Edit = ("timer", "investigate", "again", "limit", "5 days", "", "on_again")
    rules = {one.rule for one in refusals(prove(redrawn(again), WORDS).findings)}

    assert rules & {"too_large_to_decide", "refused_step"}


@pytest.mark.parametrize(
    "words", ["信访人画像", "签订承诺,今后不再上访", "Check the mood of the petitioner"]
)
def test_words_about_the_person_are_refused(words: str) -> None:
    finding = found(("plain", "appoint", "name", words), rule="forbidden_wording")

    assert finding.element == "appoint"


def test_a_form_may_not_ask_for_whereabouts() -> None:
    form = (
        'id = "odd"\ntitle = { zh = "记录", en = "Note" }\n[[field]]\nname = "where' + 'abouts"\n'
        'label = { zh = "说明", en = "Note" }\n'
    )
    proof = prove(redrawn(files={"forms/odd.toml": form}), WORDS)

    assert "forbidden_wording" in {one.rule for one in refusals(proof.findings)}


def test_what_the_gate_refuses_is_not_walked() -> None:
    proof = prove(redrawn(("plain", "investigate", "id", "hear_petitioner")), WORDS)

    assert refusals(proof.findings)
    assert proof.states == 0
