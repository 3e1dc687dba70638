"""Small changes of a document's template, none of which lets a part vanish that the law wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from engine.documents.obligatory import omitted_parts
from engine.documents.pieces import Piece, PieceKind, pieces
from engine.documents.render import faults_of_templates
from engine.documents.templates import ROOM
from engine.errors import BadInput, NotFound, Refused
from engine.statute.provisions import DocumentRule, Part
from engine.text import Text

Change = Callable[[bytes], bytes]
"""What makes another text of a template."""
_Lines = list[str]


def path_of(kind: str) -> str:
    """Where the template of a *kind* of document lies."""
    return f"{ROOM}{kind}.html"


def replaced(at: int, was: str, new: str) -> Callable[[_Lines], _Lines]:
    """The edit that puts *new* in the place of the line *was*, which stood at *at*."""
    return lambda lines: _put(lines, _found(lines, at, was), 1, new)


def put_after(at: int, was: str, new: str) -> Callable[[_Lines], _Lines]:
    """The edit that puts *new* after the line *was*, which stood at *at*."""
    return lambda lines: _put(lines, _found(lines, at, was) + 1, 0, new)


def without(at: int, was: str) -> Callable[[_Lines], _Lines]:
    """The edit that takes the line *was* out, which stood at *at*."""
    return lambda lines: _put(lines, _found(lines, at, was), 1)


def moved(at: int, was: str, rule: DocumentRule, *, by: int) -> Callable[[_Lines], _Lines]:
    """The edit that changes the piece *was* with the one before (``by=-1``) or after it, within the same frame."""

    def move(lines: _Lines) -> _Lines:
        here = _found(lines, at, was)
        listed = pieces("\n".join(lines), rule)
        place = next(number for number, piece in enumerate(listed) if piece.at == here)
        if not 0 <= place + by < len(listed) or listed[place + by].kind is PieceKind.FRAME:
            raise BadInput({"": _AT_THE_EDGE})
        there = listed[place + by].at
        lines[here], lines[there] = lines[there], lines[here]
        return lines

    return move


def lawful(
    edit: Callable[[_Lines], _Lines], files: Mapping[str, bytes], rule: DocumentRule
) -> Change:
    """*edit* as a change of the template of a document among *files*.

    The change raises Refused, with the article, where a mandatory part could vanish by it; BadInput where the template may
    not be used any more, or takes a forbidden wording. A template that lacks parts already may only come nearer to the law.
    """

    def change(before: bytes) -> bytes:
        try:
            lines = before.decode("utf-8").splitlines()
        except UnicodeDecodeError as fault:
            raise BadInput({"": _NO_TEXT}) from fault
        after = ("\n".join(edit(lines)) + "\n").encode()
        path = path_of(rule.kind)
        was, now = ({**files, path: data} for data in (before, after))
        for unusable in faults_of_templates(now).get(path, ()):
            raise BadInput({"words": unusable})
        missing = omitted_parts(now, rule)
        if missing and len(missing) >= len(omitted_parts(was, rule)):
            parts = Text(
                "、".join(one.title.zh for one in missing),
                ", ".join(one.title.en for one in missing),
            )
            raise Refused(
                _MISSING.filled(document=rule.title, parts=parts, cite=rule.cite),
                article=rule.article,
            )
        return after

    return change


def locked_parts(
    files: Mapping[str, bytes], rule: DocumentRule, listed: Sequence[Piece]
) -> dict[int, tuple[Part, ...]]:
    """By where a piece stands, the mandatory parts that the document would lose with it; only pieces that lock some."""
    lines, path = (
        files[path_of(rule.kind)].decode("utf-8", "replace").splitlines(),
        path_of(rule.kind),
    )
    there = set(rule.mandatory) - {part.id for part in omitted_parts(files, rule)}
    locked = {}
    for piece in listed:
        if piece.kind is PieceKind.FRAME or not there.intersection(piece.parts):
            continue
        rest = "\n".join(_put(lines, piece.at, 1)).encode()
        lost = [part for part in omitted_parts({**files, path: rest}, rule) if part.id in there]
        if lost:
            locked[piece.at] = tuple(lost)
    return locked


def piece_at(listed: Sequence[Piece], at: int) -> Piece:
    """The piece that stands at *at*. Raises NotFound."""
    for piece in listed:
        if piece.at == at:
            return piece
    raise NotFound(_GONE)


def _found(lines: _Lines, at: int, was: str) -> int:
    """Where the line *was* stands now: where it stood, or the one other place. Raises BadInput where neither is so."""
    if at < len(lines) and lines[at].strip() == was:
        return at
    places = [place for place, line in enumerate(lines) if line.strip() == was]
    if len(places) != 1:
        raise BadInput({"": _GONE})
    return places[0]


def _put(lines: _Lines, at: int, instead_of: int, *new: str) -> _Lines:
    return [*lines[:at], *new, *lines[at + instead_of :]]


_NO_TEXT: Final = Text(
    "模板不是 UTF-8 编码,不能在此修改", "the template is not UTF-8 and cannot be changed here"
)
_GONE: Final = Text(
    "这一段已被别处改动,请重新打开", "this piece was changed elsewhere: open it again"
)
_AT_THE_EDGE: Final = Text("不能移出所在的部分", "it cannot be moved out of where it lies")
_MISSING: Final = Text(
    "「{document}」必须载明:{parts}({cite});这样改会使它不再印出",
    "“{document}” must state: {parts} ({cite}); after this change it could be left out",
)
