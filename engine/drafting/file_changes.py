"""What differs between the forms, tables and templates of two versions, in words; beside the drawings' own changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from engine.drafting.changes import ADDED, CHANGED, REMOVED, RENAMED, Change
from engine.drafting.names import Names
from engine.petition.forms import Field, Form, parse_form
from engine.procedure import Procedure
from engine.procedure.tables import Row, Table, Value
from engine.text import Text

_PART: Final = re.compile(r"\bpart\.(\w+)")
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
_YES_NO: Final = {True: Text("是", "yes"), False: Text("否", "no")}


def file_changes(before: Procedure, after: Procedure, names: Names) -> tuple[Change, ...]:
    """Every difference in the forms, tables and templates of two versions, file by file."""
    was, now = before.source.files, after.source.files
    found: list[Change] = []
    for path in sorted(was.keys() | now.keys()):
        room, name = path.partition("/")[0], PurePosixPath(path).stem
        if room not in _ROOMS or was.get(path) == now.get(path):
            continue
        title, read = _ROOMS[room]
        shown = names.document(name) if room == "documents" else Text(name, name)
        if path not in was or path not in now:
            how, sentence = (ADDED, _FILE_ADDED) if path in now else (REMOVED, _FILE_REMOVED)
            found.append(Change(how=how, file=path, words=sentence.filled(kind=title, name=shown)))
            continue
        inner = list(read(path, before, after))
        found += inner or [
            Change(how=CHANGED, file=path, words=_FILE_CHANGED.filled(kind=title, name=shown))
        ]
    return tuple(found)


def _of_form(path: str, before: Procedure, after: Procedure) -> Iterator[Change]:
    was, now = (parse_form(one.source.files[path], path) for one in (before, after))
    if was.title != now.title:
        yield Change(how=RENAMED, file=path, words=_TITLE.filled(was=was.title, now=now.title))
    old, new = _fields(was), _fields(now)
    for name, field in new.items():
        if name not in old:
            words = _FIELD_ADDED.filled(
                name=field.label, kind=_KINDS.get(field.kind.value, field.kind)
            )
            yield Change(how=ADDED, file=path, words=words)
            continue
        for aspect, read in _FIELD_ASPECTS:
            a, b = read(old[name]), read(field)
            if a != b:
                words = _FIELD_CHANGED.filled(name=field.label, aspect=aspect, was=a, now=b)
                yield Change(how=CHANGED, file=path, words=words)
    for name, field in old.items():
        if name not in new:
            yield Change(how=REMOVED, file=path, words=_FIELD_REMOVED.filled(name=field.label))


def _of_table(path: str, before: Procedure, after: Procedure) -> Iterator[Change]:
    name = PurePosixPath(path).stem
    was, now = before.tables[name], after.tables[name]
    if was.policy != now.policy:
        yield Change(how=CHANGED, file=path, words=_POLICY.filled(was=was.policy, now=now.policy))
    old, new = ([_row(table, row) for row in table.rows] for table in (was, now))
    for row in new:
        if row not in old:
            yield Change(how=ADDED, file=path, words=_ROW_ADDED.filled(row=row))
    for row in old:
        if row not in new:
            yield Change(how=REMOVED, file=path, words=_ROW_REMOVED.filled(row=row))
    if sorted(old, key=str) == sorted(new, key=str) and old != new:
        yield Change(how=CHANGED, file=path, words=_ORDER)


def _of_template(path: str, before: Procedure, after: Procedure) -> Iterator[Change]:
    was, now = (
        set(_PART.findall(one.source.files[path].decode("utf-8", "replace")))
        for one in (before, after)
    )
    for part in sorted(now - was):
        yield Change(how=ADDED, file=path, words=_PART_ADDED.filled(part=part))
    for part in sorted(was - now):
        yield Change(how=REMOVED, file=path, words=_PART_REMOVED.filled(part=part))


def _fields(form: Form) -> Mapping[str, Field]:
    return {field.name: field for field in form.fields}


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


_Read = Callable[[Field], Text]
_FIELD_ASPECTS: Final[tuple[tuple[Text, _Read], ...]] = (
    (Text("名称", "label"), lambda one: one.label),
    (Text("类型", "kind"), lambda one: _KINDS.get(one.kind.value, Text(one.kind, one.kind))),
    (Text("必填", "required"), lambda one: _YES_NO[one.required]),
    (Text("加密保存", "sealed"), lambda one: _YES_NO[one.sealed]),
    (Text("选项", "options"), _options),
    (Text("供流程判断的事实", "fact"), lambda one: Text(one.fact or "—", one.fact or "—")),
)
_ROOMS: Final[
    Mapping[str, tuple[Text, Callable[[str, Procedure, Procedure], Iterator[Change]]]]
] = {
    "forms": (Text("表单", "form"), _of_form),
    "tables": (Text("决策表", "table"), _of_table),
    "documents": (Text("文书模板", "template"), _of_template),
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
_ROW_ADDED: Final = Text("新增一行:{row}", "new row: {row}")
_ROW_REMOVED: Final = Text("删去一行:{row}", "row removed: {row}")
_ORDER: Final = Text("各行次序有改动", "the order of the rows changed")
_PART_ADDED: Final = Text("文书增加内容“{part}”", "the document now holds the part “{part}”")
_PART_REMOVED: Final = Text(
    "文书不再含内容“{part}”", "the document no longer holds the part “{part}”"
)
