"""What a template may hold. Designers write templates, so they are read as strangers' text.

A template is HTML without code: a closed list of elements and attributes, nothing that loads or runs, and of Jinja only
values, filters, ``if``, one level of ``for``, blocks and the shared layout. No numbers of the law, no calls, no loops in
loops: so a template cannot reach anything, and cannot take long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Final

from jinja2 import TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.documents.wording import forbidden_wording
from engine.errors import DataError
from engine.text import Text

ROOM: Final = "documents/"
LAYOUT: Final = "_layout.html"
STYLE: Final = "document.css"
LARGEST: Final = 40_000

_ELEMENTS: Final = frozenset(
    {
        "address", "article", "b", "br", "caption", "col", "colgroup", "dd", "div", "dl", "dt", "em", "footer", "h1", "h2",
        "h3", "header", "hr", "i", "li", "main", "ol", "p", "section", "small", "span", "strong", "sub", "sup", "table",
        "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
    }
)  # fmt: skip
_ATTRIBUTES: Final = frozenset(
    {"class", "colspan", "datetime", "id", "lang", "rowspan", "scope", "title"}
)
_NODES: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Filter, nodes.If, nodes.For,
    nodes.Const, nodes.Extends, nodes.Block, nodes.CondExpr, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand,
)  # fmt: skip


def template_faults(
    name: str, source: str, environment: ImmutableSandboxedEnvironment
) -> list[Text]:
    """Everything in the template *name* that is not allowed, as sentences; empty where it may be used."""
    if len(source) > LARGEST:
        return [
            Text("模板超过{most}字", "the template is longer than {most} characters").filled(
                most=LARGEST
            )
        ]
    try:
        tree = environment.parse(source)
    except (TemplateError, RecursionError) as fault:
        return [
            Text("模板读不懂:{why}", "the template cannot be read: {why}").filled(
                why=str(fault)[:200]
            )
        ]
    faults = [
        *_foreign_nodes(tree, environment),
        *_foreign_markup(tree),
        *forbidden_wording(source),
    ]
    return [
        Text("模板{name}:{what}", "the template {name}: {what}").filled(name=name, what=fault)
        for fault in faults
    ]


def room_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """The templates among the files of a version, by their bare names (``handling_opinion.html``).

    Raises DataError for one that is no UTF-8.
    """
    found = {}
    for name, data in files.items():
        if name.startswith(ROOM) and name.endswith(".html"):
            try:
                found[name.removeprefix(ROOM)] = data.decode("utf-8")
            except UnicodeDecodeError as fault:
                raise DataError(
                    Text("模板{name}不是 UTF-8 编码", "the template {name} is not UTF-8").filled(
                        name=name
                    )
                ) from fault
    return found


def style_sheet(files: Mapping[str, bytes]) -> str:
    """The style sheet of a version's documents, or nothing."""
    return files.get(ROOM + STYLE, b"").decode("utf-8", errors="replace")


def _foreign_nodes(
    tree: nodes.Template, environment: ImmutableSandboxedEnvironment
) -> Iterator[Text]:
    stack: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while stack:
        node, loops = stack.pop()
        loops += isinstance(node, nodes.For)
        if fault := _node_fault(node, loops, environment):
            yield fault.filled(line=node.lineno, what=type(node).__name__)
        stack.extend((child, loops) for child in node.iter_child_nodes())


def _node_fault(
    node: nodes.Node, loops: int, environment: ImmutableSandboxedEnvironment
) -> Text | None:
    if not isinstance(node, _NODES):
        return Text("第{line}行:模板中不能用 {what}", "line {line}: a template may not use {what}")
    if isinstance(node, nodes.For) and (loops > 1 or node.recursive):
        return Text("第{line}行:循环中不能再有循环", "line {line}: no loop inside a loop")
    if isinstance(node, nodes.Filter) and (
        node.name not in environment.filters or node.args or node.kwargs
    ):
        return Text("第{line}行:没有这个过滤器", "line {line}: there is no such filter")
    if isinstance(node, nodes.Extends) and node.template != nodes.Const(LAYOUT):
        return Text(
            "第{line}行:只能沿用 _layout.html", "line {line}: only _layout.html may be extended"
        )
    return None


_NO_ELEMENT: Final = Text("不能用元素 {what}", "the element {what} is not allowed")


class _Markup(HTMLParser):
    """Notes the elements and attributes that are not on the lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[Text] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ELEMENTS:
            self.faults.append(_NO_ELEMENT.filled(what=tag))
        for name, _ in attrs:
            if name not in _ATTRIBUTES:
                self.faults.append(
                    Text("不能用属性 {what}", "the attribute {what} is not allowed").filled(
                        what=name
                    )
                )

    def handle_decl(self, decl: str) -> None:
        self.faults.append(_NO_ELEMENT.filled(what="<!…>"))

    def handle_pi(self, data: str) -> None:
        self.faults.append(_NO_ELEMENT.filled(what="<?…>"))


def _foreign_markup(tree: nodes.Template) -> list[Text]:
    """Reads the markup piece by piece. No value and no statement may stand inside a tag: each piece closes its own tags."""
    parser = _Markup()
    for piece in tree.find_all(nodes.TemplateData):
        parser.feed(piece.data)
        if parser.rawdata:
            parser.faults.append(
                Text(
                    "标签没有写完,或者标签里有变量、语句",
                    "a tag is not closed, or holds a value or a statement",
                )
            )
            parser.reset()
    return parser.faults
