"""What differs between the forms, tables and templates of two versions, in words; beside the drawings' own changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import Final

from engine.documents.pieces import Piece, pieces
from engine.drafting.changes import ADDED, CHANGED, MOVED, REMOVED, RENAMED, Change
from engine.drafting.names import Names
from engine.drafting.table_bench import saved_cases, shown
from engine.errors import DataError
from engine.petition.forms import Field, FieldKind, Form, parse_form
from engine.procedure.tables import Row, Table, Value
from engine.text import Text

Told = Iterable[tuple[str, Text]]
"""How something differs, and that in words."""
_KINDS: Final = {
    "text": Text("文字", "text"),
    "long_text": Text("长文字", "long text"),
    "date": Text("日期", "date"),
    "choice": Text("选项", "choice"),
    "boolean": Text("是否", "yes or no"),
    "integer": Text("整数", "whole number"),
    "organ": Text("单位", "organ"),
    "person": Text("人员", "person"),
}
_NONE: Final = Text("—", "—")
_SHOWN: Final = 60
_YES_NO: Final = {True: Text("是", "yes"), False: Text("否", "no")}


@dataclass(frozen=True, slots=True)
class Side:
    """The files of a version or draft, and those of its tables that can be read."""

    files: Mapping[str, bytes]
    tables: Mapping[str, Table]


def file_changes(before: Side, after: Side, names: Names) -> tuple[Change, ...]:
    """Every difference in the forms, tables, cases and templates of two versions, file by file.

    Of a file that cannot be read it is only told that it changed.
    """
    was, now = before.files, after.files
    found: list[Change] = []
    for path in sorted(was.keys() | now.keys()):
        place, name = PurePosixPath(path), PurePosixPath(path).stem
        known = _KINDS_OF_FILES.get((place.parent.name, place.suffix))
        if known is None or was.get(path) == now.get(path):
            continue
        title, read = known
        shown = names.document(name) if place.suffix == ".html" else Text(name, name)
        if path not in was or path not in now:
            how, sentence = (ADDED, _FILE_ADDED) if path in now else (REMOVED, _FILE_REMOVED)
            found.append(Change(how=how, file=path, words=sentence.filled(kind=title, name=shown)))
            continue
        try:
            told = tuple(read(path, before, after, names))
        except DataError:
            told = ()
        inner = [Change(how=how, file=path, words=words) for how, words in told]
        found += inner or [
            Change(how=CHANGED, file=path, words=_FILE_CHANGED.filled(kind=title, name=shown))
        ]
    return tuple(found)


def kind_name(kind: FieldKind) -> Text:
    """What a kind of question is called."""
    return _KINDS.get(kind.value, Text(kind.value, kind.value))


def _of_form(path: str, before: Side, after: Side, names: Names) -> Told:
    was, now = (parse_form(one.files[path], path) for one in (before, after))
    if was.title != now.title:
        yield RENAMED, _TITLE.filled(was=was.title, now=now.title)
    old, new = _fields(was), _fields(now)
    for name, field in new.items():
        if name not in old:
            yield ADDED, _FIELD_ADDED.filled(name=field.label, kind=kind_name(field.kind))
            continue
        for aspect, read in _FIELD_ASPECTS:
            a, b = read(old[name]), read(field)
            if a != b:
                yield CHANGED, _FIELD_CHANGED.filled(name=field.label, aspect=aspect, was=a, now=b)
    for name, field in old.items():
        if name not in new:
            yield REMOVED, _FIELD_REMOVED.filled(name=field.label)
    if [one for one in old if one in new] != [one for one in new if one in old]:
        yield MOVED, _FIELDS_MOVED


def _of_table(path: str, before: Side, after: Side, names: Names) -> Told:
    name = PurePosixPath(path).stem
    was, now = before.tables.get(name), after.tables.get(name)
    if was is None or now is None:
        return
    if was.policy != now.policy:
        yield CHANGED, _POLICY.filled(was=was.policy, now=now.policy)
    for old, new, (added, removed) in (
        (was.inputs, now.inputs, _INPUT), (was.outputs, now.outputs, _OUTPUT),
    ):  # fmt: skip
        yield from ((ADDED, added.filled(name=one)) for one in new if one not in old)
        yield from ((REMOVED, removed.filled(name=one)) for one in old if one not in new)
    yield from listed_changes(_rows(was), _rows(now), _ROWS)


def _of_cases(path: str, before: Side, after: Side, names: Names) -> Told:
    was, now = (saved_cases(one.files[path]) for one in (before, after))
    for one in now:
        if one not in was:
            yield ADDED, _CASE_ADDED.filled(name=one.name or "—", given=shown(one.given))
    for one in was:
        if one not in now:
            yield REMOVED, _CASE_REMOVED.filled(name=one.name or "—", given=shown(one.given))


def _of_template(path: str, before: Side, after: Side, names: Names) -> Told:
    rule = names.rule(PurePosixPath(path).stem)
    if rule is None:
        return
    was, now = (
        [_piece(one) for one in pieces(side.files[path].decode("utf-8", "replace"), rule)]
        for side in (before, after)
    )
    yield from listed_changes(was, now, _PIECES)


def listed_changes(was: Sequence[Text], now: Sequence[Text], say: Mapping[str, Text]) -> Told:
    """What differs between two lists, in the sentences *say*: each thing that is new, gone, changed or only moved."""
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    gone = [one for tag, a, b, _, _ in blocks if tag != "equal" for one in was[a:b]]
    come = [one for tag, _, _, a, b in blocks if tag != "equal" for one in now[a:b]]
    moved = [one for one in come if one in gone]
    for tag, a, b, c, d in blocks:
        old = [one for one in was[a:b] if one not in moved] if tag != "equal" else []
        new = [one for one in now[c:d] if one not in moved] if tag != "equal" else []
        for before, after in zip(old, new, strict=False):
            yield CHANGED, say[CHANGED].filled(was=before, now=after)
        yield from ((ADDED, say[ADDED].filled(what=one)) for one in new[len(old) :])
        yield from ((REMOVED, say[REMOVED].filled(what=one)) for one in old[len(new) :])
    yield from ((MOVED, say[MOVED].filled(what=one)) for one in dict.fromkeys(moved))


def _piece(piece: Piece) -> Text:
    words = piece.words if len(piece.words) <= _SHOWN else f"{piece.words[:_SHOWN]}……"
    return Text(words, words)


def _fields(form: Form) -> Mapping[str, Field]:
    return {field.name: field for field in form.fields}


def _rows(table: Table) -> list[Text]:
    """The rows in the order of the file."""
    return [_row(table, row) for row in sorted(table.rows, key=lambda one: one.number)]


def _row(table: Table, row: Row) -> Text:
    """A row in words: what it asks for and what it sets."""
    asked = [
        f"{name} = {' / '.join(sorted(map(_shown, admitted)))}"
        for name, admitted in zip(table.inputs, row.admits, strict=True)
    ]
    given = [
        f"{name} = {_shown(value)}" for name, value in zip(table.outputs, row.outputs, strict=True)
    ]
    joined = f"{', '.join(asked)} → {', '.join(given)}"
    return Text(joined, joined)


def _shown(value: Value) -> str:
    return "—" if value is None else str(value).lower() if isinstance(value, bool) else value


def _options(field: Field) -> Text:
    return Text(
        "、".join(one.label.zh for one in field.options) or "—",
        ", ".join(one.label.en for one in field.options) or "—",
    )


def _condition(field: Field) -> Text:
    if field.when is None:
        return _NONE
    told = f"{field.when[0]} = {' / '.join(field.when[1])}"
    return Text(told, told)


def _range(field: Field) -> Text:
    if field.minimum is None and field.maximum is None:
        return _NONE
    low, high = ("" if one is None else one for one in (field.minimum, field.maximum))
    return Text(f"{low}–{high}", f"{low}–{high}")


_Read = Callable[[Field], Text]
_FIELD_ASPECTS: Final[tuple[tuple[Text, _Read], ...]] = (
    (Text("名称", "label"), lambda one: one.label),
    (Text("类型", "kind"), lambda one: kind_name(one.kind)),
    (Text("必填", "required"), lambda one: _YES_NO[one.required]),
    (Text("加密保存", "sealed"), lambda one: _YES_NO[one.sealed]),
    (Text("选项", "options"), _options),
    (Text("填写说明", "help"), lambda one: one.hint or _NONE),
    (Text("询问条件", "condition"), _condition),
    (Text("范围", "range"), _range),
    (Text("供流程判断的事实", "fact"), lambda one: Text(one.fact or "—", one.fact or "—")),
)
_KINDS_OF_FILES: Final[
    Mapping[tuple[str, str], tuple[Text, Callable[[str, Side, Side, Names], Told]]]
] = {
    ("forms", ".toml"): (Text("表单", "form"), _of_form),
    ("tables", ".dmn"): (Text("决策表", "table"), _of_table),
    ("tables", ".toml"): (Text("决策表案例", "cases of the table"), _of_cases),
    ("documents", ".html"): (Text("文书模板", "template"), _of_template),
    ("documents", ".css"): (Text("文书样式", "style of documents"), lambda *_: ()),
}
_FILE_ADDED: Final = Text("新增{kind}“{name}”", "added: {kind} “{name}”")
_FILE_REMOVED: Final = Text("删去{kind}“{name}”", "removed: {kind} “{name}”")
_FILE_CHANGED: Final = Text("{kind}“{name}”的文字有改动", "{kind} “{name}”: the wording changed")
_TITLE: Final = Text("表单“{was}”改名为“{now}”", "the form “{was}” is now called “{now}”")
_FIELD_ADDED: Final = Text("新增字段“{name}”({kind})", "new field “{name}” ({kind})")
_FIELD_REMOVED: Final = Text("删去字段“{name}”", "field “{name}” was removed")
_FIELD_CHANGED: Final = Text(
    "字段“{name}”的{aspect}由“{was}”改为“{now}”",
    "field “{name}”: {aspect} changed from “{was}” to “{now}”",
)
_POLICY: Final = Text("命中规则由 {was} 改为 {now}", "hit policy changed from {was} to {now}")
_FIELDS_MOVED: Final = Text("字段的次序有改动", "the order of the fields changed")
_INPUT: Final = (
    Text("新增输入“{name}”", "new input “{name}”"),
    Text("删去输入“{name}”", "input “{name}” was removed"),
)
_OUTPUT: Final = (
    Text("新增输出“{name}”", "new output “{name}”"),
    Text("删去输出“{name}”", "output “{name}” was removed"),
)
_ROWS: Final = {
    ADDED: Text("新增一行:{what}", "new row: {what}"),
    REMOVED: Text("删去一行:{what}", "row removed: {what}"),
    CHANGED: Text("一行由“{was}”改为“{now}”", "a row changed from “{was}” to “{now}”"),
    MOVED: Text("一行移动了位置:{what}", "a row was moved: {what}"),
}
_CASE_ADDED: Final = Text("新增案例“{name}”({given})", "new case “{name}” ({given})")
_CASE_REMOVED: Final = Text("删去案例“{name}”({given})", "case “{name}” ({given}) was removed")
_PIECES: Final = {
    ADDED: Text("新增一段:“{what}”", "new piece: “{what}”"),
    REMOVED: Text("删去一段:“{what}”", "piece removed: “{what}”"),
    CHANGED: Text("一段由“{was}”改为“{now}”", "a piece changed from “{was}” to “{now}”"),
    MOVED: Text("一段移动了位置:“{what}”", "a piece was moved: “{what}”"),
}
