"""A template as the pieces that its page shows: paragraphs, headings, rows and parts of the document, one line each.

A line whose tags and statements are closed within it is a piece; every other line is the frame around the pieces (blocks,
tables, conditions), which stays as it is. In a paragraph, values are written as people read them: ``编号为【信访件编号】的事项``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape, unescape
from typing import Final

from engine.errors import BadInput
from engine.statute.provisions import DocumentRule
from engine.text import Text


class PieceKind(StrEnum):
    """What a piece is, and so how it is changed."""

    PARAGRAPH = "p"
    HEADING = "h2"
    ROW = "row"
    PART = "part"
    SOURCE = "source"
    FRAME = "frame"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One line of a template: where it stands, from 0, its kind, source and ``words`` for people, the parts it names,
    and how deep in blocks, tables and conditions it lies.
    """

    at: int
    kind: PieceKind
    source: str
    words: str
    parts: tuple[str, ...]
    depth: int


NAMES: Final[Mapping[str, Text]] = {
    "organ": Text("制发机关", "issuer"),
    "number": Text("文号", "number"),
    "title": Text("文书名称", "title of the document"),
    "issued_on": Text("制发日期", "issued on"),
    "recipient": Text("收件人", "recipient"),
    "petition": Text("信访件编号", "number of the petition"),
    "query_code": Text("查询码", "query code"),
    "cite": Text("依据", "legal basis"),
}
"""What a template may say besides the parts of its document."""
_TOKEN: Final = re.compile(
    r"\{%-?\s*(?P<word>\w+)[^%]*%\}|<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)[^>]*?(?P<self>/?)>"
)
_OPENING: Final = frozenset({"if", "for", "block"})
_CLOSING: Final = frozenset({"endif", "endfor", "endblock"})
_VOID: Final = frozenset({"br", "col", "hr"})
_VALUE: Final = re.compile(r"\{\{\s*(?P<name>(?:part\.)?\w+)\s*(?:\|\s*(?P<filter>\w+)\s*)?\}\}")
_PART: Final = re.compile(r"\bpart\.(\w+)")
_PLAIN: Final = re.compile(r"<(?P<tag>p|h2)>(?P<inner>[^<]*)</(?P=tag)>")
_ROW: Final = re.compile(
    r'<tr><th scope="row">(?P<caption>[^<{]*)</th><td>(?P<inner>\{\{[^{}]*\}\})</td></tr>'
)
_WRITTEN: Final = re.compile(r"【([^【】]*)】")
_JINJA: Final = re.compile(r"\{[{%#]|[}%#]\}")


def pieces(source: str, rule: DocumentRule) -> tuple[Piece, ...]:
    """The pieces of the template *source* of a document, in order, frames among them."""
    return tuple(_pieces(source, rule))


def value_names(rule: DocumentRule) -> dict[str, str]:
    """What each value is called in the paragraphs of a document: expression → its name, no two alike."""
    parts = {f"part.{part.id}": part.title.zh for part in (*rule.parts, *rule.optional)}
    general = {name: text.zh for name, text in NAMES.items()}
    said = {
        **parts,
        **{name: f"{zh}(系统)" if zh in parts.values() else zh for name, zh in general.items()},
    }
    twice = {name for name in said.values() if list(said.values()).count(name) > 1}
    return {
        expression: f"{name}:{expression.removeprefix('part.')}" if name in twice else name
        for expression, name in said.items()
    }


def paragraph(words: str, kind: PieceKind, rule: DocumentRule, before: str = "") -> str:
    """The source of a paragraph or heading of these *words*; values keep the filters that they had *before*.

    Raises BadInput for a value that the document does not have, and for signs of the template's own language.
    """
    words = " ".join(words.split())
    if not words:
        raise BadInput({"words": _EMPTY})
    if _JINJA.search(words):
        raise BadInput({"words": _NO_SIGNS})
    return f"<{kind.value}>{_filled(words, rule, before)}</{kind.value}>"


def row(caption: str, before: str) -> str:
    """The source of the row *before* with another *caption*. Raises BadInput."""
    caption, found = " ".join(caption.split()), _ROW.fullmatch(before.strip())
    if not caption or found is None or _JINJA.search(caption):
        raise BadInput({"words": _EMPTY if not caption else _NO_SIGNS})
    return f'<tr><th scope="row">{escape(caption, quote=False)}</th><td>{found["inner"]}</td></tr>'


def part_under_heading(part: str, title: str, *, always: bool) -> str:
    """The source of a part with its title above it; *always*, or only where the part is given."""
    lines = [f"<h2>{escape(title, quote=False)}</h2>", f"{{{{ part.{part}|paragraphs }}}}"]
    return "\n".join(lines if always else [f"{{% if part.{part} %}}", *lines, "{% endif %}"])


def _pieces(source: str, rule: DocumentRule) -> Iterator[Piece]:
    depth, names = 0, value_names(rule)
    for at, line in enumerate(source.splitlines()):
        text = line.strip()
        if not text:
            continue
        change, closed = _balance(text)
        kind = _kind(text) if closed else PieceKind.FRAME
        depth = max(0, depth + min(change, 0))
        yield Piece(
            at=at, kind=kind, source=text, words=_words(kind, text, names), parts=tuple(dict.fromkeys(_PART.findall(text))),
            depth=depth,
        )  # fmt: skip
        depth += max(change, 0)


def _balance(line: str) -> tuple[int, bool]:
    """By how much deeper the next line lies, and whether everything that *line* opens is closed in it."""
    open_, lowest, frame = 0, 0, False
    for token in _TOKEN.finditer(line):
        word, tag = token["word"], (token["tag"] or "").lower()
        frame = frame or word in {"block", "extends"} or (word in {"else", "elif"} and open_ <= 0)
        if word in _OPENING or (
            tag and tag not in _VOID and not token["close"] and not token["self"]
        ):
            open_ += 1
        elif word in _CLOSING or (tag and token["close"]):
            open_ -= 1
            lowest = min(lowest, open_)
    return open_, open_ == 0 and lowest == 0 and not frame


def _kind(text: str) -> PieceKind:
    if _VALUE.fullmatch(text) and _PART.search(text):
        return PieceKind.PART
    plain = _PLAIN.fullmatch(text)
    if plain and not _JINJA.search(_VALUE.sub("", plain["inner"])):
        return PieceKind(plain["tag"])
    return PieceKind.ROW if _ROW.fullmatch(text) else PieceKind.SOURCE


def _words(kind: PieceKind, text: str, names: Mapping[str, str]) -> str:
    if kind in {PieceKind.PARAGRAPH, PieceKind.HEADING}:
        found = _PLAIN.fullmatch(text)
        return _said(found["inner"] if found else text, names)
    if kind is PieceKind.ROW:
        found = _ROW.fullmatch(text)
        return unescape(found["caption"]) if found else text
    return _said(text, names) if kind is PieceKind.PART else text


def _said(inner: str, names: Mapping[str, str]) -> str:
    return unescape(
        _VALUE.sub(lambda value: f"【{names.get(value['name'], value['name'])}】", inner)
    )


def _filled(words: str, rule: DocumentRule, before: str) -> str:
    expressions = {name: expression for expression, name in value_names(rule).items()}
    kept = {value["name"]: value[0] for value in _VALUE.finditer(before)}

    def value(found: re.Match[str]) -> str:
        expression = expressions.get(unescape(found[1]).strip())
        if expression is None:
            known = "、".join(expressions)
            raise BadInput({"words": _NO_VALUE.filled(name=found[1], known=known)})
        usual = "day" if expression == "issued_on" else "line"
        return kept.get(expression, f"{{{{ {expression}|{usual} }}}}")

    return _WRITTEN.sub(value, escape(words, quote=False))


_EMPTY: Final = Text("请填写文字", "write some words")
_NO_SIGNS: Final = Text(
    "文字中不能有模板语言的符号;要写入内容项,请写【名称】",
    "words hold no signs of the template's language; for a value, write 【its name】",
)
_NO_VALUE: Final = Text(
    "没有内容项【{name}】;可用:{known}", "there is no value 【{name}】; there are: {known}"
)

__all__ = [
    "NAMES", "DocumentRule", "Piece", "PieceKind", "paragraph", "part_under_heading", "pieces", "row", "value_names",
]  # fmt: skip
