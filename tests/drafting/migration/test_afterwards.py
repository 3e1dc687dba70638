"""After a petition was carried over: its dossier, its papers, its walk and its event log know both versions."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from engine.audit.course import Walk
from engine.audit.events.cases import Naming, case_of
from engine.audit.exporting import READING_COPY, Wish
from engine.bootstrap import shipped_source
from engine.clock import legal_date
from engine.procedure import Source
from engine.store.queries.cases import case_rows
from tests.dossier.verifiers import PROVEN, engine_says, outsider_says
from tests.drafting.migration.conftest import Drafting
from tests.office.test_migrating import RENAMED, at_the_investigation, renamed_step
from tests.printing.reading import words_of


def other_paper() -> Source:
    """The version with the renamed step, and other words on the paper that tells of acceptance."""
    name = "documents/acceptance_notice.html"
    source = renamed_step()
    changed = source.files[name].decode().replace("{% block", "{# 新版 #}{% block", 1)
    assert changed.encode() != source.files[name]
    text = changed.replace("受理", "受理(新版)")
    return source.with_files({name: text.encode()})


@pytest.fixture
def carried(drafting: Drafting) -> str:
    """A petition that was carried over after its acceptance was told, and went on."""
    petition = at_the_investigation(drafting.counter)
    drafting.done(other_paper(), RENAMED)
    drafting.counter.goes(petition, "investigate", "issue_opinion")
    return petition


def test_a_dossier_holds_both_versions_and_proves_itself(
    drafting: Drafting, carried: str, tmp_path: Path
) -> None:
    counter = drafting.counter
    wish = Wish(viewer=counter.actor("carl"), petition=carried, purpose="核对")

    dossier = counter.house.exporter.export(wish, counter.clock.now())

    assert engine_says(dossier, None).status == PROVEN
    assert outsider_says(dossier, None, tmp_path).status == PROVEN
    with zipfile.ZipFile(io.BytesIO(dossier)) as archive:
        names = archive.namelist()
        sheets = [archive.read(one).decode() for one in names if one.startswith("documents/")]
        told = words_of(archive.read(READING_COPY))
    kept = {one.split("/")[1] for one in names if one.startswith("procedure/")}
    assert kept == {shipped_source().digest, other_paper().digest}
    assert sheets
    assert not [one for one in sheets if "新版" in one], "issued before, printed as it was issued"
    assert "流程版本迁移" in told


def test_a_walk_along_the_record_stays_in_the_step_that_was_renamed(
    drafting: Drafting, carried: str
) -> None:
    counter = drafting.counter
    walk = Walk(counter.house.maps)
    entries = counter.entries(carried)
    at = next(place for place, one in enumerate(entries) if one.act == "migrate")

    list(walk.along(entries[:at]))
    assert [one.id for one in walk.steps()] == ["investigate"]
    list(walk.along(entries[at : at + 1]))
    assert [one.id for one in walk.steps()] == ["look_into"]
    list(walk.along(entries[at + 1 :]))
    assert [one.id for one in walk.steps()] == ["dispatch"]


def test_an_event_log_names_what_happened(drafting: Drafting, carried: str) -> None:
    house = drafting.counter.house
    with house.store.reading() as desk:
        (row,) = case_rows(desk, [carried])
    naming = Naming(acts=house.titles, limits={})

    case = case_of(row, drafting.counter.entries(carried), house.maps, naming)

    event = next(one for one in case.events if one.entry.act == "migrate")
    assert (event.title, event.element) == ("流程版本迁移", "")


def test_staff_are_offered_what_the_new_version_offers(drafting: Drafting, carried: str) -> None:
    counter = drafting.counter
    on = legal_date(counter.clock.now())

    offers = counter.offers(carried, "carl")
    with counter.house.store.reading() as desk:
        shown = desk.file(counter.actor("carl"), carried, on=on)

    assert [one.act for one in offers.steps] == ["dispatch"]
    assert shown.version_at(1) == shipped_source().digest
    assert shown.version_at(len(shown.entries)) == other_paper().digest
