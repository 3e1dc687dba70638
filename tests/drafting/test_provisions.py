"""Every provision of the law with what uses it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.bootstrap import PROCESSES, private_offices, shipped_source, vocabulary
from engine.drafting.provisions import Chapter, Provision, chapters
from engine.drafting.scenarios.reading import read_file
from engine.procedure import load
from engine.statute.law import load_law

LAW = load_law()


@cache
def _chapters(words: str = "") -> tuple[Chapter, ...]:
    usual = private_offices(LAW).usual
    scenarios = [
        read_file(Path(PROCESSES) / "scenarios" / f"{name}.toml", usual)
        for name in ("extended", "overdue_supervised", "extended_too_late")
    ]
    procedure = load(shipped_source(), vocabulary(LAW))
    return chapters(LAW, procedure, scenarios, words)


def _found(words: str = "") -> dict[str, dict[str, Provision]]:
    """The provisions by their text and id."""
    return {
        chapter.regulation.id: {one.id: one for one in chapter.provisions if one.kind != "duty"}
        for chapter in _chapters(words)
    }


def test_a_limit_is_told_with_its_clocks_acts_and_scenarios() -> None:
    found = _found()["R22"]["T5"]

    assert {one.process for one in found.elements if one.clock == "T5"} >= {"service"}
    assert "accept" in found.acts
    assert "overdue_supervised" in found.scenarios
    assert "engine/acts/closing.py" in found.modules


def test_a_document_is_told_with_its_template() -> None:
    found = _found()["R22"]["handling_opinion"]

    assert found.templates == ("documents/handling_opinion.html",)
    assert "issue_opinion" in found.acts


def test_a_text_that_holds_no_longer_is_used_by_nothing_of_today() -> None:
    older = _found()["R05"]

    assert older
    assert not any(one.elements or one.acts or one.forms for one in older.values())


def test_every_provision_stands_once_and_a_search_finds_those_that_say_all_words() -> None:
    everything = [(one.kind, one.id) for chapter in _chapters() for one in chapter.provisions]
    assert len(set(everything)) == len(everything)
    assert len(everything) == len(LAW.limits()) + len(LAW.duties()) + len(LAW.documents())
    assert list(_found("t5 60日")["R22"]) == ["T5"]
    assert "T5" in _found("overdue_supervised")["R22"]
    assert _found("没有这样的条文") == {}
