"""The organs: who they are, who is above them, from when until when."""

from __future__ import annotations

import secrets
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.petition.forms import Field, FieldKind, Form, Option, Value, Values
from engine.petition.parties import Level, Organ, OrganKind, Role
from engine.text import Text
from web.admin import rooms
from web.captions import CAPTIONS
from web.desk.files import tell
from web.forms import FormPage, answers_to, organ_choices
from web.house import directory, house, today, viewer
from web.security import for_roles

ORGAN = Form(
    id="organ",
    title=Text("机关、单位", "Organ"),
    fields=(
        Field(name="name", label=Text("名称", "Name")),
        Field(name="name_en", label=Text("英文名称", "English name"), required=False),
        Field(
            name="code",
            label=Text("机关代字", "Code"),
            hint=Text("用于文号,如 测信", "used in the numbers of its documents"),
        ),
        Field(
            name="kind",
            label=Text("性质", "Kind"),
            kind=FieldKind.CHOICE,
            options=tuple(
                Option(value=kind.value, label=CAPTIONS["organ_kind"][kind.value])
                for kind in OrganKind
            ),
        ),
        Field(
            name="level",
            label=Text("层级", "Level"),
            kind=FieldKind.CHOICE,
            options=tuple(
                Option(value=level.value, label=CAPTIONS["level"][level.value]) for level in Level
            ),
        ),
        Field(
            name="government",
            label=Text("本级人民政府", "Own government"),
            kind=FieldKind.ORGAN,
            required=False,
        ),
        Field(
            name="higher_department",
            label=Text("上一级主管部门", "Higher department"),
            kind=FieldKind.ORGAN,
            required=False,
        ),
        Field(
            name="parent",
            label=Text("上级单位", "Organ above"),
            kind=FieldKind.ORGAN,
            required=False,
        ),
        Field(
            name="vertical",
            label=Text("实行垂直领导", "Led vertically"),
            kind=FieldKind.BOOLEAN,
            hint=Text("复查只由上一级主管部门进行", "only the higher department reviews"),
        ),
        Field(
            name="valid_from",
            label=Text("设立之日", "Exists from"),
            kind=FieldKind.DATE,
            future=True,
        ),
        Field(
            name="valid_to",
            label=Text("撤销之日", "Dissolved on"),
            kind=FieldKind.DATE,
            required=False,
            future=True,
        ),
        Field(
            name="successor",
            label=Text("承继单位", "Successor"),
            kind=FieldKind.ORGAN,
            required=False,
            article="24(2)",
        ),
    ),
)


@rooms.get("/")
@for_roles(Role.ADMINISTRATOR)
def overview() -> str:
    """What there is to administer."""
    return render_template("admin/overview.html", directory=directory())


@rooms.get("/organs")
@for_roles(Role.ADMINISTRATOR)
def organs() -> str:
    """All organs, level by level."""
    found = sorted(
        directory().organs.values(), key=lambda one: (list(Level).index(one.level), one.code)
    )
    return render_template("admin/organs.html", organs=found, directory=directory())


@rooms.get("/organs/new")
@for_roles(Role.ADMINISTRATOR)
def new_organ() -> ResponseReturnValue:
    """A new organ."""
    return _page(None).render()


@rooms.get("/organs/<organ>")
@for_roles(Role.ADMINISTRATOR)
def organ(organ: str) -> ResponseReturnValue:
    """One organ, to be changed."""
    return _page(directory().organ(organ)).render()


@rooms.post("/organs/new", defaults={"organ": None})
@rooms.post("/organs/<organ>")
@for_roles(Role.ADMINISTRATOR)
def keep_organ(organ: str | None) -> ResponseReturnValue:
    """Write the organ down."""
    known = directory().organ(organ) if organ else None
    page = _page(known)
    page.answers = answers_to(ORGAN, request.form)
    kept = _read(ORGAN.read(page.answers, today=today()), known)
    with house().store.transaction() as paper:
        paper.change_directory(organs=(kept,), actor=viewer(), now=house().clock.now())
    tell(Text("已保存「{name}」", "Kept: {name}").filled(name=kept.name))
    return redirect(url_for("admin.organs"))


def _page(known: Organ | None) -> FormPage:
    heading = known.name if known else Text("新增机关、单位", "New organ")
    return FormPage(
        template="admin/form.html",
        form=ORGAN,
        answers=_answers(known) if known else {"valid_from": today().isoformat()},
        choices={FieldKind.ORGAN: organ_choices(directory(), today())},
        context=lambda: {"heading": heading, "back": url_for("admin.organs")},
    )


def _answers(known: Organ) -> dict[str, object]:
    names = [one.name for one in ORGAN.fields if one.name not in {"name", "name_en"}]
    return {
        "name": known.name.zh,
        "name_en": known.name.en,
        **{name: getattr(known, name) for name in names if getattr(known, name) is not None},
    }


def _read(values: Values, known: Organ | None) -> Organ:
    name = str(values["name"])
    written: dict[str, Value] = {
        one: values.get(one)
        for one in (
            "code", "government", "higher_department", "parent", "vertical", "valid_from", "valid_to", "successor",
        )
    }  # fmt: skip
    named = Text(name, str(values.get("name_en") or name))
    kind, level = OrganKind(str(values["kind"])), Level(str(values["level"]))
    if known is not None:
        return replace(known, name=named, kind=kind, level=level, **written)  # type: ignore[arg-type]
    return Organ(id=f"o-{secrets.token_hex(6)}", name=named, kind=kind, level=level, **written)  # type: ignore[arg-type]
