"""Running petitions carried over to another version: proposed, tried dry, confirmed by a second person, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.clock import legal_date
from engine.drafting.library import DECIDERS
from engine.drafting.migration import OPEN, Route, lines_of, read_renaming, suggested
from engine.errors import NotFound
from engine.petition.forms import Field, FieldKind, Form
from engine.petition.parties import Role
from engine.store.queries import migrations as batches
from engine.text import Text
from web.captions import CAPTIONS
from web.designers import rooms
from web.desk.files import tell
from web.forms import FormPage, answers_to
from web.house import house, reading, today, viewer
from web.security import for_roles
from web.wording import act_title, limit_title

PROPOSAL = Form(
    id="migration",
    title=Text("在办事项迁移", "Carry petitions over"),
    fields=(
        Field(
            name="renamed",
            label=Text("更名的元素", "Elements with another id"),
            kind=FieldKind.LONG_TEXT,
            required=False,
            hint=Text(
                "每行一个:旧标识 = 新标识;没有列出的按相同标识对应",
                "“old = new”, one a line; whatever is not named answers to its own id",
            ),
        ),
        Field(
            name="numbers",
            label=Text("只迁移这些编号", "Only these numbers"),
            kind=FieldKind.LONG_TEXT,
            required=False,
            hint=Text(
                "每行一个;不填则为该版本的全部在办事项",
                "one a line; if empty, every petition under way",
            ),
        ),
    ),
)
WORKING = frozenset({"planning", "running"})


@rooms.get("/migration")
@for_roles(*DECIDERS)
def migrations() -> str:
    """The batches so far, and where to begin another."""
    with reading() as desk:
        known = batches.migrations(desk)
        tallies = {one.id: batches.tally(desk, viewer(), one.id, on=today()) for one in known[:50]}
    return render_template(
        "designers/migrations.html", batches=known[:50], tallies=tallies, versions=_versions(), open=OPEN,
        proposes=Role.DESIGNER in viewer().roles,
    )  # fmt: skip


@rooms.route("/migration/new", methods=("GET", "POST"))
@for_roles(Role.DESIGNER)
def propose_migration() -> ResponseReturnValue:
    """What differs between two versions, and who is to be carried over."""
    before, after = (_version(end) for end in ("from", "to"))
    old, new = house().drawings(before), house().drawings(after)
    page = FormPage(
        template="designers/migrate.html",
        form=PROPOSAL,
        context=lambda: {
            "before": before,
            "after": after,
            "gone": _steps(old, new),
            "come": _steps(new, old),
            "versions": _versions(),
        },
    )
    if request.method == "GET":
        page.answers = {"renamed": "\n".join(lines_of(suggested(old, new)))}
        return page.render()
    page.answers = answers_to(PROPOSAL, request.form)
    values = PROPOSAL.read(page.answers, today=today())
    route = Route(before=before, after=after, renamed=read_renaming(str(values["renamed"] or "")))
    id = house().migrations.propose(
        route, actor=viewer(), only=_chosen(before, str(values["numbers"] or ""))
    )
    house().migrations.work(id)
    return redirect(url_for("designers.migration", batch=id))


@rooms.get("/migration/<batch>")
@for_roles(*DECIDERS)
def migration(batch: str) -> str:
    """How far a batch has come: what would become of its petitions, or has, together and one by one."""
    asked = {name: _one_of(name, request.args.get(name)) for name in ("outcome", "result")}
    text = request.args.get("page", "1")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    with reading() as desk:
        row = batches.migration_of(desk, batch)
        found = batches.migrated_files(
            desk,
            viewer(),
            batch,
            on=today(),
            page=page,
            outcome=asked["outcome"],
            result=asked["result"],
        )
        tally = batches.tally(desk, viewer(), batch, on=today())
        gists = batches.gists(desk, viewer(), batch, on=today())
    staying: dict[str, int] = {}
    for one in gists:
        if not _changes(one):
            staying[one.result or ""] = staying.get(one.result or "", 0) + one.files
    return render_template(
        "designers/migration.html", batch=row, files=found, tally=tally,
        staying=staying, changing=[one for one in gists if _changes(one)], asked=asked, page=max(page, 1),
        page_size=batches.PAGE_SIZE, total=_total(tally, asked), working=row.state in WORKING,
        versions=_versions(), own=viewer().person == row.proposed_by, draws=Role.DESIGNER in viewer().roles,
        due_day=due_day, news_of=news_of, link=lambda **new: url_for("designers.migration", batch=batch, **{**asked, **new}),
    )  # fmt: skip


@rooms.post("/migration/<batch>")
@for_roles(*DECIDERS)
def decide_migration(batch: str) -> ResponseReturnValue:
    """Confirm a batch, withdraw it, give what failed another turn, or propose to take it back."""
    work, phase = house().migrations, request.form.get("phase")
    if phase == "undo":
        batch = work.undo(batch, actor=viewer())
    elif phase == "confirm":
        work.confirm(batch, actor=viewer())
    elif phase == "again":
        work.try_again(batch, actor=viewer())
    elif phase == "withdraw":
        work.withdraw(batch, actor=viewer())
        tell(Text("迁移已撤回,没有事项受影响", "Withdrawn; no petition was touched"))
    else:
        raise NotFound(Text("没有这一操作", "there is no such step"))
    work.work(batch)
    return redirect(url_for("designers.migration", batch=batch))


def _changes(one: batches.Gist) -> bool:
    """Whether anything at all changes for these files, but for the version."""
    gist = one.gist
    return one.outcome != "kept" or bool(gist["limits"] or gist["listeners"] or gist["handed_back"])


def news_of(word: str) -> str:
    """What an event waits for: the name of a limit, or of an act."""
    return limit_title(word) if house().law.has_limit(word) else act_title(word)


def due_day(instant: str | None) -> str:
    """The last day of an internal limit that is up at *instant*, 24:00 of that day."""
    if instant is None:
        return "—"
    return legal_date(datetime.fromisoformat(instant) - timedelta(microseconds=1)).isoformat()


def _versions() -> Mapping[str, Any]:
    """Every version by its digest, the newest first."""
    return {one.digest: one for one in house().library.versions()}


def _version(end: str) -> str:
    """The version that the address names. Raises NotFound."""
    return house().library.version(request.args.get(end, "")).row.digest


def _steps(one: Any, other: Any) -> list[Any]:
    """The steps of one version that the other does not have under the same id."""
    known = {element.id for element in other.elements()}
    return [
        element
        for element in one.elements()
        if (element.act or element.form) and element.id not in known
    ]


def _chosen(before: str, text: str) -> tuple[str, ...] | None:
    """The files with the numbers in *text*, None where it holds none. Raises NotFound."""
    numbers = [line.strip() for line in text.splitlines() if line.strip()]
    if not numbers:
        return None
    with reading() as desk:
        return tuple(batches.running_files(desk, viewer(), before, on=today(), numbers=numbers))


def _one_of(name: str, given: str | None) -> str | None:
    return given if given in CAPTIONS[f"migration_{name}"] else None


def _total(tally: batches.Tally, asked: Mapping[str, str | None]) -> int:
    if asked["outcome"] and asked["result"]:
        return min(tally.outcomes.get(asked["outcome"], 0), tally.results.get(asked["result"], 0))
    if asked["outcome"]:
        return tally.outcomes.get(asked["outcome"], 0)
    if asked["result"]:
        return tally.results.get(asked["result"], 0)
    return tally.files
