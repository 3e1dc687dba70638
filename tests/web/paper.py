"""A page taken apart: what an honest browser would find on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

NAMED = frozenset({"input", "select", "textarea"})


@dataclass(slots=True)
class Sheet:
    """A form as it stands on the page."""

    action: str
    method: str
    values: dict[str, object] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class Paper(HTMLParser):
    """What is on a page: headings, ids, labels, controls, forms, links, inline code."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.language = ""
        self.title = ""
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.forms: list[Sheet] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        """The words on the page."""
        return " ".join(" ".join(self.words).split())

    def form(self, asking: str) -> Sheet:
        """The form that asks *asking*."""
        return next(one for one in self.forms if asking in one.names)

    def value_of(self, name: str) -> str:
        """The value of the first control called *name*."""
        return next(one["value"] for one in self.controls if one.get("name") == name)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        self._note(tag, given)
        if tag == "form":
            self.forms.append(Sheet(given.get("action", ""), given.get("method", "get").lower()))
        elif tag in NAMED:
            self._control(tag, given)
        elif tag == "option" and self._select and self.forms and "selected" in given:
            self.forms[-1].values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self.forms:
            self.forms[-1].values[self._area] = (
                str(self.forms[-1].values.get(self._area, "")) + data
            )
        elif "title" in self._open:
            self.title += data
        elif "h1" in self._open:
            self.headings[-1] += data
        if "script" not in self._open and "style" not in self._open and "title" not in self._open:
            self.words.append(data)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "h1":
            self.headings.append("")
        elif tag == "label":
            self.labelled.add(given.get("for", ""))
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        if (tag == "script" and "src" not in given) or tag == "style" or "style" in given:
            self.inline.append(self.get_starttag_text() or tag)
        self.inline += [name for name in given if name.startswith("on")]
        self.inline += [
            given[name]
            for name in ("href", "src", "action")
            if given.get(name, "").startswith("javascript")
        ]

    def _control(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        name = given.get("name", "")
        self.controls.append({**given, "type": kind})
        if not self.forms or not name:
            return
        self.forms[-1].names.add(name)
        if tag == "textarea":
            self._area = name
        elif tag == "select":
            self._select = name
        elif kind not in {"radio", "checkbox", "file"} or "checked" in given:
            self.forms[-1].values[name] = given.get("value", "")
