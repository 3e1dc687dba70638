"""An issued document as its template renders it, read into plain data that a sheet can set.

Templates hold a closed list of elements (``engine/documents/templates.py``), so that this is all there is to read.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

Node = dict[str, object] | str
"""A piece of text, or an element: its ``tag``, its ``class`` and what is ``in`` it."""
_EMPTY: Final = frozenset({"br", "hr", "col"})
_SPANS: Final = frozenset({"colspan", "rowspan"})


def read_fragment(html: str) -> list[Node]:
    """The elements of *html*, one inside the other, blanks between them left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.top


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: list[Node] = []
        self._open: list[tuple[str, list[Node]]] = [("", self.top)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        within: list[Node] = []
        given = dict(attrs)
        element: dict[str, object] = {"tag": tag, "class": given.get("class") or "", "in": within}
        for name in _SPANS & given.keys():
            element[name] = _number(given[name])
        self._open[-1][1].append(element)
        if tag not in _EMPTY:
            self._open.append((tag, within))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == opened for opened, _ in self._open):
            while self._open[-1][0] != tag:
                self._open.pop()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words:
            self._open[-1][1].append(words)


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else 1
