"""Both languages: every word of the templates has its English, and what the engine says follows the switch."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import web
from tests.web.office import Office
from tests.web.test_registration import register
from web.captions import CAPTIONS
from web.language import CATALOGUE

ROOM = Path(web.__file__).parent
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OUTSIDE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", re.DOTALL)


def test_every_word_of_the_templates_has_its_english() -> None:
    used = {
        message if isinstance(message, str) else message[0]
        for _, _, message, _, _ in extract_from_dir(
            ROOM / "templates",
            method_map=[("**.html", "jinja2")],
            options_map={"**.html": {"silent": "false"}},
        )
    }
    with CATALOGUE.open("rb") as file:
        english = {str(message.id): str(message.string) for message in read_po(file) if message.id}

    assert not {word for word in used if not english.get(word)}
    assert not set(english) - used, "words that no template says"
    assert not [word for word, said in english.items() if _CHINESE.search(said)]


def test_placeholders_are_the_same_in_both_languages() -> None:
    with CATALOGUE.open("rb") as file:
        pairs = [(str(message.id), str(message.string)) for message in read_po(file) if message.id]

    assert not [
        a
        for a, b in pairs
        if sorted(re.findall(r"%\(\w+\)s", a)) != sorted(re.findall(r"%\(\w+\)s", b))
    ]


def test_no_template_says_chinese_that_cannot_be_translated() -> None:
    loose = {
        f"{file.relative_to(ROOM)}: {words.strip()[:40]}"
        for file in (ROOM / "templates").rglob("*.html")
        for words in _loose(file.read_text(encoding="utf-8"))
    }

    assert not loose


def test_captions_are_chinese_and_english() -> None:
    every = [text for table in CAPTIONS.values() for text in table.values()]

    assert all(_CHINESE.search(text.zh) for text in every)
    assert not [text for text in every if _CHINESE.search(text.en)]


def test_chinese_is_spoken_first_and_english_on_request(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    assert visitor.get("/work").language == "zh-CN"

    visitor.post("/language", {"language": "en", "back": "/work?tab=all"})
    page = visitor.get("/work?tab=all")

    assert page.language == "en"
    assert page.headings[0].startswith("Worklist")


def test_the_engines_words_follow_the_switch(office: Office) -> None:
    petition = register(office)
    visitor = office.visitor("supervisor")
    visitor.post("/language", {"language": "en"})
    text = visitor.get(f"/petitions/{petition}").text

    assert "Why not the other steps?" in text
    assert "this is for the clerk" in text
    assert "Art. 22" in text


def test_an_unknown_language_is_chinese(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    visitor.post("/language", {"language": "tlh"})

    assert visitor.get("/work").language == "zh-CN"


def _loose(source: str) -> list[str]:
    return [words for words in _OUTSIDE.sub("\n", source).splitlines() if _CHINESE.search(words)]
