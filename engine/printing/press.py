"""The press: a sheet of this room and what is to stand on it go in, a PDF comes out.

A sheet is Typst of ours and lies beside this file; what is to be printed reaches it as data and never as source, so that
nothing that anybody typed is ever read as Typst. Only the fonts of the package are used, whatever a machine has. The same
sheet, data and instant give the same bytes: the fonts and Typst are pinned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

import pylopdf_fonts_zh_cn
import typst

from engine.printing.glyphs import Glyphs

ROOM: Final = Path(__file__).parent
ARCHIVAL: Final = "a-2b"
"""PDF/A-2b (ISO 19005-2): all fonts inside, no script, nothing that is fetched from elsewhere."""
_PAGES: Final = "<pages>"
"""The label under which every sheet says how many pages it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A PDF and the number of its pages."""

    content: bytes
    pages: int


def printed(sheet: str, data: Mapping[str, object], *, at: datetime) -> Printed:
    """The sheet ``<sheet>.typ`` with *data* on it, dated *at*. Characters that the fonts lack are named by their code."""
    compiler = typst.Compiler(
        str(ROOM / f"{sheet}.typ"),
        root=str(ROOM),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": _glyphs().spelled(json.dumps(data, ensure_ascii=False))},
    )
    made = compiler.compile(
        format="pdf", pdf_standards=ARCHIVAL, timestamp=at.astimezone(UTC).replace(microsecond=0)
    )
    pages = compiler.query(_PAGES, field="value", one=True)
    return Printed(content=cast(bytes, made), pages=int(pages))


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of *text* that the fonts lack, each as it is printed instead, in order."""
    glyphs = _glyphs()
    return tuple(glyphs.spelled(one) for one in dict.fromkeys(text) if one not in glyphs)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(pylopdf_fonts_zh_cn.serif_path().parent)],
    )


@lru_cache(maxsize=1)
def _glyphs() -> Glyphs:
    return Glyphs.of(pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path())


__all__ = ["ARCHIVAL", "Printed", "printed", "unprintable"]
