"""Forms of the engine as pages: what a page sends becomes answers, and every page may be sent once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flask import g, render_template, request
from werkzeug.datastructures import FileStorage, MultiDict

from engine.errors import BadInput
from engine.office import Choosing
from engine.people.directory import Directory
from engine.petition.commands import Upload
from engine.petition.forms import Field, FieldKind, Form, Option
from engine.petition.parties import Level, Role
from engine.text import Text
from web.captions import CAPTIONS
from web.wording import OptionGroups

KEY = "key"
PREFIX = "f-"
UPLOADS = "uploads"
MAX_UPLOADS = 20
_SHORTEST_PURPOSE, _LONGEST_PURPOSE = 2, 200
TYPES = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
"""What may be handed in, by the first octets of its content: papers and pictures of papers."""

Answers = Mapping[str, object]


@dataclass(slots=True, kw_only=True)
class FormPage:
    """A page that asks: it is shown again, with what was typed, where the answers cannot be taken.

    ``choices`` are what can be chosen, by kind of question or, before that, by the name of one as the page has it;
    ``left_out`` says of a question, by its name, who is not listed.
    """

    template: str
    form: Form
    context: Callable[[], Mapping[str, object]]
    answers: Answers = field(default_factory=dict)
    choices: Mapping[str, OptionGroups] = field(default_factory=dict)
    left_out: Mapping[str, Text] = field(default_factory=dict)

    def __post_init__(self) -> None:
        g.form_page = self

    def render(
        self, *, faults: Mapping[str, Text] | None = None, refused: Exception | None = None
    ) -> str:
        """The page as HTML."""
        return render_template(
            self.template,
            form=self.form,
            answers=self.answers,
            choices=self.choices,
            left_out=self.left_out,
            faults=faults or {},
            refused=refused,
            key=request.values.get(KEY) or new_key(),
            **self.context(),
        )


def answers_to(form: Form, sent: MultiDict[str, str]) -> dict[str, object]:
    """What the page sent for the questions of *form*; anything else on the page is not an answer."""
    answers: dict[str, object] = {}
    for one in form.fields:
        name = PREFIX + one.name
        if one.kind is FieldKind.CHOICES:
            answers[one.name] = tuple(sent.getlist(name))
        elif name in sent:
            answers[one.name] = sent[name]
    return answers


def sent_key(person: str) -> str:
    """The key of the page that was sent, or whose address bears it, bound to *person*: a page sent twice is one command.

    Raises BadInput where the page carries none.
    """
    return bound_key(request.values.get(KEY, ""), person)


def bound_key(key: str, person: str) -> str:
    """The *key* of a page, bound to *person*. Raises BadInput where it is none."""
    if not 16 <= len(key) <= 64:
        raise BadInput({"": Text("页面不完整,请重新打开", "the page is incomplete; open it again")})
    return f"web:{person}:{key}"


def new_key() -> str:
    """A key for a page that asks."""
    return secrets.token_urlsafe(18)


def sent_version() -> int | None:
    """The version of the file from which the page was made; None where it carries none."""
    version = request.values.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else None


def sent_purpose() -> str:
    """What somebody says they need personal data for. Raises BadInput where they do not."""
    purpose = request.form.get("purpose", "").strip()
    if len(purpose) < _SHORTEST_PURPOSE:
        raise BadInput({"purpose": Text("请写明查看用途", "say what you need it for")})
    return purpose[:_LONGEST_PURPOSE]


def sent_uploads() -> tuple[Upload, ...]:
    """The files that were handed in. Raises BadInput for a kind of file that is not taken."""
    files = [file for file in request.files.getlist(UPLOADS) if file.filename]
    if len(files) > MAX_UPLOADS:
        raise BadInput(
            {
                UPLOADS: Text("一次至多{n}个附件", "at most {n} files at a time").filled(
                    n=MAX_UPLOADS
                )
            }
        )
    return tuple(_upload(file) for file in files)


def _upload(file: FileStorage) -> Upload:
    content = file.read()
    kind = next((kind for kind, start in TYPES.items() if content.startswith(start)), None)
    if kind is None:
        raise BadInput(
            {
                UPLOADS: Text(
                    "附件只收 PDF、PNG、JPEG 文件", "only PDF, PNG and JPEG files are taken"
                )
            }
        )
    return Upload(name=_plain_name(file.filename or ""), media_type=kind, content=content)


def _plain_name(name: str) -> str:
    """The last part of *name* without signs that change how it is shown or where it lands."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '"<>|:*?')
    return kept.strip(". ")[:120] or "file"


def organ_choices(organs: Directory, on: date) -> OptionGroups:
    """The organs that exist on the day *on*, level by level."""
    groups = []
    for level in Level:
        found = sorted(
            (one for one in organs.organs.values() if one.level is level and one.valid_on(on)),
            key=lambda one: one.code,
        )
        options = tuple(Option(value=one.id, label=one.name) for one in found)
        if options:
            groups.append((CAPTIONS["level"][level.value], options))
    return tuple(groups)


def person_choices(organs: Directory, of: Iterable[str], on: date) -> OptionGroups:
    """The people with a role at each of the organs *of* on the day *on*."""
    groups = []
    for id in of:
        people = sorted({person for role in Role for person in organs.people_at(id, role, on)})
        options = tuple(Option(value=one, label=_plain(organs.person(one).name)) for one in people)
        if options:
            groups.append((organs.organ(id).name, options))
    return tuple(groups)


def only(groups: OptionGroups, suits: Callable[[str], bool]) -> OptionGroups:
    """Those of *groups* that suit."""
    found = ((name, tuple(one for one in options if suits(one.value))) for name, options in groups)
    return tuple((name, options) for name, options in found if options)


def chosen_from(
    form: Form, choices: Mapping[str, OptionGroups], offered: Mapping[str, Choosing]
) -> tuple[Mapping[str, OptionGroups], Mapping[str, Text]]:
    """*choices* with those of the questions in *offered* that suit them, and what is said of those left out."""
    narrowed, left_out = dict(choices), {}
    for one in form.fields:
        if (choosing := offered.get(one.name)) is None:
            continue
        groups = choices.get(one.kind, ())
        fitting = only(groups, choosing.suits)
        narrowed[PREFIX + one.name] = fitting
        if fitting != groups:
            left_out[one.name] = choosing.left_out
    return narrowed, left_out


def without(form: Form, names: Iterable[str]) -> Form:
    """*form* without the questions *names*, which the page answers in another way."""
    left_out = set(names)
    return replace(form, fields=tuple(one for one in form.fields if one.name not in left_out))


def asked(form: Form, answers: Answers) -> tuple[Field, ...]:
    """The questions that arise, given *answers*."""
    return tuple(one for one in form.fields if one.asked(answers))


def _plain(word: str) -> Text:
    return Text(word, word)
