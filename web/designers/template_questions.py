"""What is asked about the pieces of a template, what the answers make, and its frames in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engine.documents.pieces import (
    DocumentRule,
    Piece,
    PieceKind,
    paragraph,
    part_under_heading,
    row,
    value_names,
)
from engine.petition.forms import Field, FieldKind, Form, Option
from engine.text import Text

_KINDS = {
    PieceKind.PARAGRAPH: Text("段落", "Paragraph"),
    PieceKind.HEADING: Text("小标题", "Heading"),
    PieceKind.ROW: Text("栏目名称", "Caption of the row"),
    PieceKind.SOURCE: Text("模板文字(HTML)", "Text of the template (HTML)"),
}
_PART = "part:"
_BLOCKS = {
    "title": Text("标题", "title"),
    "addressee": Text("主送", "addressee"),
    "body": Text("正文", "body"),
    "signature": Text("落款", "signature"),
    "copies": Text("抄送", "copies"),
}
_STATEMENT = re.compile(r"\{%-?\s*(?P<word>\w+)\s*(?P<rest>.*?)\s*-?%\}")


def about_piece(rule: DocumentRule, piece: Piece) -> Form:
    """What is asked about a piece: its words."""
    hint = None if piece.kind in {PieceKind.ROW, PieceKind.SOURCE} else _values(rule)
    kind = (
        FieldKind.TEXT if piece.kind in {PieceKind.ROW, PieceKind.HEADING} else FieldKind.LONG_TEXT
    )
    return Form(
        id="piece", title=Text("修改", "Change"),
        fields=(Field(name="words", label=_KINDS[piece.kind], kind=kind, hint=hint),),
    )  # fmt: skip


def source_from(rule: DocumentRule, piece: Piece, words: str) -> str:
    """The source of *piece* with other *words*. Raises BadInput."""
    if piece.kind is PieceKind.SOURCE:
        return " ".join(words.split())
    return (
        row(words, piece.source)
        if piece.kind is PieceKind.ROW
        else paragraph(words, piece.kind, rule, piece.source)
    )


def about_new(rule: DocumentRule, listed: Sequence[Piece]) -> Form:
    """What is asked about a piece to be put in: words, or a part of the document that is not in the template yet."""
    named = {part for piece in listed for part in piece.parts}
    written = (PieceKind.PARAGRAPH, PieceKind.HEADING)
    parts = [part for part in (*rule.parts, *rule.optional) if part.id not in named]
    return Form(
        id="piece",
        title=Text("在其后新增", "Put in after it"),
        fields=(
            Field(
                name="what", label=Text("新增什么", "What is put in"), kind=FieldKind.CHOICE,
                options=(
                    *(Option(value=kind.value, label=_KINDS[kind]) for kind in written),
                    *(Option(value=_PART + part.id, label=_PART_NAMED.filled(part=part.title)) for part in parts),
                ),
            ),
            Field(
                name="words", label=Text("文字", "Words"), kind=FieldKind.LONG_TEXT, hint=_values(rule),
                when=("what", tuple(kind.value for kind in written)),
            ),
        ),
    )  # fmt: skip


def source_of_new(rule: DocumentRule, values: Mapping[str, object]) -> str:
    """The source of the piece that the answers *values* make. Raises BadInput."""
    what = str(values["what"])
    if what.startswith(_PART):
        part = next(
            one for one in (*rule.parts, *rule.optional) if one.id == what.removeprefix(_PART)
        )
        return part_under_heading(part.id, part.title.zh, always=part in rule.parts)
    return paragraph(str(values["words"]), PieceKind(what), rule)


def frame_words(rule: DocumentRule, piece: Piece) -> Text | None:
    """What a frame begins, in words; None for one that only ends something or sets a table up."""
    found = _STATEMENT.search(piece.source)
    if found is None or found["word"] not in {"block", "if", "else", "elif", "for"}:
        return None
    if found["word"] == "block":
        name = found["rest"]
        return _BLOCKS.get(name, Text(name, name))
    if found["word"] == "else":
        return Text("否则", "otherwise")
    names = value_names(rule)
    told = re.sub(r"(?:part\.)?\w+", lambda word: _in_condition(word[0], names), found["rest"])
    return Text("仅当:{told}", "only if: {told}").filled(told=told)


def _in_condition(word: str, names: Mapping[str, str]) -> str:
    known = {"or": "或", "and": "且", "not": "没有"}
    return known.get(word) or (f"有【{names[word]}】" if word in names else word)


def _values(rule: DocumentRule) -> Text:
    names = "".join(f"【{name}】" for name in value_names(rule).values())
    return Text("可以写入:{names}", "values that may be put in: {names}").filled(names=names)


_PART_NAMED = Text("内容项:{part}", "part: {part}")
__all__ = [
    "DocumentRule",
    "about_new",
    "about_piece",
    "frame_words",
    "source_from",
    "source_of_new",
]
