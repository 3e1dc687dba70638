"""People: who may sign in, in which roles at which organs, and who stands in for whom."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import BadInput, NotFound
from engine.people import passwords
from engine.people.roles import ROLE_NAMES
from engine.petition.forms import Field, FieldKind, Form, Option
from engine.petition.parties import Appointment, Person, Role, Substitution
from engine.text import Text
from web.admin import rooms
from web.desk.files import tell
from web.forms import FormPage, answers_to, organ_choices
from web.house import directory, house, today, viewer
from web.security import for_roles
from web.wording import OptionGroups

_FROM = Field(name="valid_from", label=Text("自", "From"), kind=FieldKind.DATE, future=True)
_TO = Field(
    name="valid_to",
    label=Text("至(不含)", "Until, exclusive"),
    kind=FieldKind.DATE,
    required=False,
    future=True,
)
_ORGAN = Field(name="organ", label=Text("单位", "Organ"), kind=FieldKind.ORGAN)
_ROLES = tuple(Option(value=role.value, label=ROLE_NAMES[role]) for role in Role)
PASSWORD = Field(
    name="password",
    label=Text("初始密码", "First password"),
    hint=Text(
        "至少{n}个字符;请当面告知本人", "at least {n} characters; tell the person face to face"
    ).filled(n=passwords.MINIMUM_LENGTH),
)
PERSON = Form(
    id="person",
    title=Text("新增人员", "New person"),
    fields=(
        Field(name="name", label=Text("姓名", "Name")),
        Field(name="login", label=Text("登录名", "Login")),
        PASSWORD,
    ),
)
NEW_PASSWORD = Form(id="password", title=Text("重设密码", "New password"), fields=(PASSWORD,))
APPOINTMENT = Form(
    id="appointment",
    title=Text("新增岗位", "New appointment"),
    fields=(
        _ORGAN,
        Field(name="role", label=Text("岗位", "Role"), kind=FieldKind.CHOICE, options=_ROLES),
        Field(
            name="sealed",
            label=Text("可阅看检举控告件", "Opens sealed matters"),
            kind=FieldKind.BOOLEAN,
            article="30",
        ),
        _FROM,
        _TO,
    ),
)
SUBSTITUTION = Form(
    id="substitution",
    title=Text("新增代理", "New substitution"),
    fields=(
        _ORGAN,
        Field(name="absent", label=Text("离岗人", "Absent"), kind=FieldKind.PERSON),
        Field(name="substitute", label=Text("代理人", "Substitute"), kind=FieldKind.PERSON),
        Field(
            name="role",
            label=Text("只代理这一岗位", "For this role only"),
            kind=FieldKind.CHOICE,
            options=_ROLES,
            required=False,
        ),
        _FROM,
        _TO,
    ),
)


@rooms.get("/people")
@for_roles(Role.ADMINISTRATOR)
def people() -> str:
    """Everybody who may sign in, and who stands in for whom."""
    found = sorted(directory().people.values(), key=lambda one: one.login)
    return render_template("admin/people.html", people=found, directory=directory())


@rooms.get("/people/new")
@for_roles(Role.ADMINISTRATOR)
def new_person() -> ResponseReturnValue:
    """A new person."""
    return _form_page(PERSON, PERSON.title, "admin.people").render()


@rooms.post("/people/new")
@for_roles(Role.ADMINISTRATOR)
def keep_person() -> ResponseReturnValue:
    """Write the person down, with a first password."""
    page = _form_page(PERSON, PERSON.title, "admin.people")
    page.answers = answers_to(PERSON, request.form)
    values = PERSON.read(page.answers, today=today())
    person = Person(
        id=f"p-{secrets.token_hex(6)}", name=str(values["name"]), login=_free(str(values["login"]))
    )
    _set_password(person, str(values["password"]), fresh=True)
    return redirect(url_for("admin.person", person=person.id))


@rooms.get("/people/<person>")
@for_roles(Role.ADMINISTRATOR)
def person(person: str) -> str:
    """One person with their appointments."""
    return render_template(
        "admin/person.html", person=directory().person(person), directory=directory()
    )


@rooms.get("/people/<person>/<what>")
@for_roles(Role.ADMINISTRATOR)
def change_person(person: str, what: str) -> ResponseReturnValue:
    """A new appointment or a new password."""
    return _person_page(person, what).render()


@rooms.post("/people/<person>/<what>")
@for_roles(Role.ADMINISTRATOR)
def keep_change(person: str, what: str) -> ResponseReturnValue:
    """Write the appointment or the password down."""
    page = _person_page(person, what)
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    if what == "password":
        _set_password(directory().person(person), str(values["password"]))
    else:
        _change(
            appointments=(
                Appointment(
                    person=person, organ=_organ(values["organ"]), role=Role(str(values["role"])),
                    sealed=bool(values["sealed"]), valid_from=_date(values["valid_from"]),
                    valid_to=_date_or_none(values["valid_to"]),
                ),
            )
        )  # fmt: skip
    return redirect(url_for("admin.person", person=person))


@rooms.post("/people/<person>")
@for_roles(Role.ADMINISTRATOR)
def switch(person: str) -> ResponseReturnValue:
    """Let a person sign in or not any more; or end one of their appointments today."""
    known = directory().person(person)
    if "end" in request.form:
        _change(appointments=(_ended(person, request.form["end"]),))
    else:
        _change(people=(replace(known, active=not known.active),))
    return redirect(url_for("admin.person", person=person))


@rooms.get("/substitutions/new")
@for_roles(Role.ADMINISTRATOR)
def new_substitution() -> ResponseReturnValue:
    """Somebody stands in for a colleague."""
    return _form_page(SUBSTITUTION, SUBSTITUTION.title, "admin.people").render()


@rooms.post("/substitutions/new")
@for_roles(Role.ADMINISTRATOR)
def keep_substitution() -> ResponseReturnValue:
    """Write the substitution down."""
    page = _form_page(SUBSTITUTION, SUBSTITUTION.title, "admin.people")
    page.answers = answers_to(SUBSTITUTION, request.form)
    values = SUBSTITUTION.read(page.answers, today=today())
    row = Substitution(
        absent=directory().person(str(values["absent"])).id,
        substitute=directory().person(str(values["substitute"])).id,
        organ=_organ(values["organ"]),
        role=Role(str(values["role"])) if values["role"] else None,
        valid_from=_date(values["valid_from"]),
        valid_to=_date_or_none(values["valid_to"]),
    )
    _change(substitutions=(row,))
    return redirect(url_for("admin.people"))


def _person_page(person: str, what: str) -> FormPage:
    form = {"appointment": APPOINTMENT, "password": NEW_PASSWORD}.get(what)
    if form is None:
        raise NotFound(Text("没有这个页面", "there is no such page"))
    known = directory().person(person)
    heading = Text("{name}:{what}", "{name}: {what}").filled(name=known.name, what=form.title)
    return _form_page(form, heading, "admin.person", person=person)


def _form_page(form: Form, heading: Text, back: str, **where: Any) -> FormPage:
    return FormPage(
        template="admin/form.html",
        form=form,
        answers={"valid_from": today().isoformat()},
        choices={
            FieldKind.ORGAN: organ_choices(directory(), today()),
            FieldKind.PERSON: _everybody(),
        },
        context=lambda: {"heading": heading, "back": url_for(back, **where)},
    )


def _everybody() -> OptionGroups:
    people = sorted(directory().people.values(), key=lambda one: one.login)
    label = Text("{name}({login})", "{name} ({login})")
    options = [
        Option(value=one.id, label=label.filled(name=one.name, login=one.login)) for one in people
    ]
    return ((Text("人员", "People"), tuple(options)),)


def _change(**rows: tuple[object, ...]) -> None:
    with house().store.transaction() as paper:
        paper.change_directory(**rows, actor=viewer(), now=house().clock.now())  # type: ignore[arg-type]
    tell(Text("已保存", "Kept"))


def _set_password(person: Person, password: str, *, fresh: bool = False) -> None:
    if (fault := passwords.fault(password, login=person.login)) is not None:
        raise BadInput({"password": fault})
    now = house().clock.now()
    with house().store.transaction() as paper:
        if fresh:
            paper.change_directory(people=(person,), actor=viewer(), now=now)
        paper.set_password(person.id, passwords.hashed(password), now=now)
    tell(Text("已保存", "Kept"))


def _free(login: str) -> str:
    if any(one.login == login for one in directory().people.values()):
        raise BadInput({"login": Text("登录名已被使用", "this login is taken")})
    return login


def _ended(person: str, which: str) -> Appointment:
    for held in directory().appointments_of(person):
        if f"{held.organ}|{held.role}|{held.valid_from}" == which:
            return replace(held, valid_to=max(today(), held.valid_from))
    raise NotFound(Text("没有这一岗位", "there is no such appointment"))


def _organ(value: object) -> str:
    return directory().organ(str(value)).id


def _date(value: object) -> date:
    assert isinstance(value, date)  # noqa: S101 - the form has read it as a date
    return value


def _date_or_none(value: object) -> date | None:
    return value if isinstance(value, date) else None
