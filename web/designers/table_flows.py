"""How a diagram hangs together, for everybody's browser: where a flow leads and when, one more, and what is taken out."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from engine.drafting.rows import Line, Row, free_id, taken_out, targets, with_new_way, with_way
from engine.drafting.words import Words
from engine.errors import NotFound
from engine.petition.forms import Field, FieldKind, Form, Option
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.table import page_for, row_in, save_rows
from web.forms import answers_to
from web.house import today
from web.security import for_roles

_CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})


@rooms.route("/drafts/<draft>/table/<process>.bpmn/<element>/ways/<flow>", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def change_way(draft: str, process: str, element: str, flow: str) -> ResponseReturnValue:
    """Change where a flow leads, under which condition, and whether it is the default way."""
    words, row = row_in(draft, process, element)
    line = _line(row, flow)
    page = page_for(draft, process, row, _way(words, row, flow))
    page.answers = {
        "target": line.target, "condition": line.condition, "default": row.node.default == flow,
    }  # fmt: skip
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    given = page.form.read(page.answers, today=today())
    change = with_way(
        flow,
        target=str(given["target"]),
        condition=str(given.get("condition") or ""),
        default=bool(given.get("default")),
    )
    return save_rows(draft, process, element, change)


@rooms.route("/drafts/<draft>/table/<process>.bpmn/<element>/ways", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def add_way(draft: str, process: str, element: str) -> ResponseReturnValue:
    """Lead one more flow from an element."""
    words, row = row_in(draft, process, element)
    page = page_for(draft, process, row, _new_way(words, row))
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    target = str(page.form.read(page.answers, today=today())["target"])
    id = free_id(words, f"{element}_to_{target}")
    return save_rows(draft, process, element, with_new_way(element, id=id, target=target))


@rooms.route(
    "/drafts/<draft>/table/<process>.bpmn/<element>/ways/<flow>/out", methods=["GET", "POST"]
)
@for_roles(Role.DESIGNER)
def take_out_way(draft: str, process: str, element: str, flow: str) -> ResponseReturnValue:
    """Take a flow out."""
    _, row = row_in(draft, process, element)
    line = _line(row, flow)
    note = _ONE_WAY.filled(
        target=next(node.name or node.id for way, node in row.ways if way == line)
    )
    page = page_for(draft, process, row, _OUT, note, _OUT.title)
    if request.method == "GET":
        return page.render()
    return save_rows(draft, process, element, taken_out(flow))


@rooms.route("/drafts/<draft>/table/<process>.bpmn/<element>/out", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def take_out_element(draft: str, process: str, element: str) -> ResponseReturnValue:
    """Take an element out, after a look at what goes with it."""
    _, row = row_in(draft, process, element)
    page = page_for(draft, process, row, _OUT, _WHAT_GOES, _OUT.title)
    if request.method == "GET":
        return page.render()
    return save_rows(draft, process, element, taken_out(element))


def _line(row: Row, flow: str) -> Line:
    """The way out *flow* of *row*. Raises NotFound."""
    found = next((line for line, _ in row.ways if line.id == flow), None)
    if found is None:
        raise NotFound(_NO_WAY)
    return found


def _way(words: Words, row: Row, flow: str) -> Form:
    choosing = row.node.kind in _CHOOSING
    fields = [_target(words, row, flow)]
    if choosing:
        fields += [
            Field(
                name="condition",
                label=Text("条件", "Condition"),
                required=False,
                hint=Text(
                    '写作 route == "route_6"、urgent and not served;默认出路不写条件',
                    'written route == "route_6", urgent and not served; the default way takes none',
                ),
            ),
            Field(
                name="default",
                label=Text("默认出路", "Default way"),
                kind=FieldKind.BOOLEAN,
                required=False,
            ),
        ]
    return Form(id="way", title=Text("修改出路", "Change a way out"), fields=tuple(fields))


def _new_way(words: Words, row: Row) -> Form:
    return Form(
        id="way", title=Text("增加出路", "One more way out"), fields=(_target(words, row, None),)
    )


def _target(words: Words, row: Row, flow: str | None) -> Field:
    options = tuple(
        Option(value=one.id, label=Text(one.name or one.id, one.name or one.id))
        for one in targets(words, row.node, flow)
    )
    return Field(
        name="target", label=Text("连到", "Leads to"), kind=FieldKind.CHOICE, options=options
    )


_TAKE_OUT_WAY = Text("移除这条出路", "Take this way out")
_GOES_WITH_IT = Text(
    "附在它上面的边界事件和它的连线一并移除;只有一条入路和一条出路的,入路改连到出路所到之处。可以在文件的保存记录里恢复。",
    "Boundary events on it and its flows go with it; where one way led in and one out, the way in is led on to where the way"
    " out went. It can be taken back from the saves of the file.",
)
_OUT = Form(id="out", title=Text("移除", "Take out"), fields=())
_ONE_WAY = Text("移除通往“{target}”的出路。", "The way out to “{target}” is taken out.")
_WHAT_GOES = Text(
    "附在它上面的边界事件和它的连线一并移除;只有一条入路和一条出路的,入路改连到出路所到之处。可以在文件的保存记录里恢复。",
    "Its border events and its flows go with it; where one way led in and one on, the way in leads on. "
    "The saves of the file bring it back.",
)
_NO_WAY = Text("这个元素没有这条出路", "the element has no such way out")
