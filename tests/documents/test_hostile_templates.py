"""A template is strangers' text: it can say things, and can do nothing."""

from __future__ import annotations

import pytest

from engine.documents.render import Sheets
from engine.documents.templates import LARGEST, room_of
from engine.errors import DataError

LAYOUT = "<div>{% block body %}{% endblock %}</div>"


def fault(source: str) -> str:
    """The first thing found wrong with the template, or nothing."""
    found = Sheets({"_layout.html": LAYOUT, "paper.html": source}).faults()
    return found["paper.html"][0].en if found else ""


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ part.request.__class__['__init__'] }}",
        "{{ cycler.__init__.__globals__.os.popen('id') }}",
        "{{ self.__init__ () }}",
        "{{ lipsum() }}",
        "{{ range(9) }}",
        "{{ 'a' * 9 }}",
        "{{ 9 ** 9 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ '%9d' % 1 }}",
        "{{ part['request'] }}",
        "{{ part.request.format() }}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{{ part.request is defined }}",
        "{% set x = 1 %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% include 'other.html' %}",
        "{% import 'other.html' as other %}",
        "{% from 'other.html' import x %}",
        "{% extends part.request %}",
        "{% extends 'paper.html' %}",
        "{% call x() %}{% endcall %}",
        "{% with x = 1 %}{% endwith %}",
        "{% filter line %}x{% endfilter %}",
        "{% autoescape false %}{{ part.request }}{% endautoescape %}",
        "{{ part.request|safe }}",
        "{{ part.request|attr('x') }}",
        "{{ part.request|line(1) }}",
        "{% for a in part.x|rows %}{% for b in part.y|rows %}x{% endfor %}{% endfor %}",
        "{% for a in part.x|rows recursive %}x{% endfor %}",
        "{% nonsense %}",
        "{{",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "x" * (LARGEST + 1),
    ],
)
def test_code_in_a_template_is_refused(source: str) -> None:
    assert fault(source)


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=x></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<p onclick='x'>",
        "<p style='background:url(x)'>",
        "<a href='javascript:x'>x</a>",
        "<iframe></iframe>",
        "<style>p{}</style>",
        "<link rel=stylesheet href=x>",
        "<meta http-equiv=refresh>",
        "<form action=x>",
        "<object data=x></object>",
        "<svg onload=x>",
        "<base href=x>",
        "<!DOCTYPE html>",
        "<?xml version='1.0'?>",
        "<p class={{ part.request }}>",
        "<p class='{{ part.request }}'>",
        "<{{ part.request }}>",
        "<{% if kind %}b{% endif %} onclick=x>",
        "<p class='a'{% if kind %} title='{% endif %} onclick=x '>",
        "<p class='never closed",
        "<!-- never closed",
    ],
)
def test_markup_that_could_load_or_run_is_refused(source: str) -> None:
    assert fault(source)


def test_a_promise_of_silence_is_refused_in_a_template() -> None:
    assert "take it out" in fault("<p>信访人承诺不再信访。</p>")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<p>{{ number }}，{{ part.request|line }}</p>",
        "{% extends '_layout.html' %}{% block body %}<h2>x</h2>{{ part.request|paragraphs }}{% endblock %}",
        "{% if part.contact and not part.warning %}<p>x</p>{% else %}<p>y</p>{% endif %}",
        "<ol>{% for row in part.request|rows %}<li>{{ row }}</li>{% endfor %}</ol>",
        "{# a note #}<table class='record'><tr><th scope='row'>x</th><td>y &amp; z</td></tr></table>",
    ],
)
def test_an_honest_template_is_accepted(source: str) -> None:
    assert "" == fault(source)


def test_a_refused_template_is_never_rendered() -> None:
    sheets = Sheets({"_layout.html": LAYOUT, "paper.html": "{{ range(9) }}"})

    with pytest.raises(DataError):
        sheets.render("paper.html", {})


def test_a_template_on_a_refused_layout_is_never_rendered() -> None:
    sheets = Sheets(
        {"_layout.html": "<script>x</script>", "paper.html": "{% extends '_layout.html' %}"}
    )

    with pytest.raises(DataError):
        sheets.render("paper.html", {})


@pytest.mark.parametrize("source", ["{{ unheard_of }}", "{{ part.unheard_of|line }}"])
def test_a_value_that_is_not_there_is_said_and_not_passed_over(source: str) -> None:
    with pytest.raises(DataError):
        Sheets({"paper.html": source}).render("paper.html", {"part": {}})


def test_a_missing_template_is_said() -> None:
    with pytest.raises(DataError):
        Sheets({}).render("paper.html", {})


def test_a_template_that_is_no_text_is_said() -> None:
    with pytest.raises(DataError):
        room_of({"documents/paper.html": b"\xff\xfe\x00"})
