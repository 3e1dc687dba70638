"""The two languages of the house: Chinese by default, English by a switch.

The templates' own words are Chinese and their English stands in ``translations/en/messages.po``, read when the
application starts. Words that the engine gives are :class:`engine.text.Text` and carry both.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, request, session
from flask_babel import Babel, Domain

from engine.text import CHINESE, ENGLISH, Text
from web.house import house

LANGUAGES = {CHINESE: "中文", ENGLISH: "English"}
TAGS = {CHINESE: "zh-CN", ENGLISH: "en"}
_LOCALES = {CHINESE: "zh_Hans_CN", ENGLISH: "en"}
CATALOGUE = Path(__file__).parent / "translations" / "en" / "messages.po"


class Catalogues(Domain):
    """The catalogue of the templates' words, held in memory so that nothing compiled has to lie anywhere."""

    def __init__(self) -> None:
        super().__init__()
        with CATALOGUE.open("rb") as file:
            written = read_po(file, locale="en")
        compiled = BytesIO()
        write_mo(compiled, written)
        compiled.seek(0)
        self._english = Translations(compiled)
        self._chinese = NullTranslations()

    def get_translations(self) -> NullTranslations:
        return self._english if language() == ENGLISH else self._chinese


def language() -> str:
    """The language of this request: ``zh`` or ``en``."""
    asked = request.args.get("lang") or session.get("language")
    return asked if asked in LANGUAGES else house().settings.language


def choose(wanted: str) -> None:
    """Remember *wanted* for this session."""
    session["language"] = wanted if wanted in LANGUAGES else CHINESE


def say(text: Text | str | None) -> str:
    """*text* in the language of this request."""
    if text is None:
        return ""
    return text.in_language(language()) if isinstance(text, Text) else text


def install(app: Flask) -> None:
    """Give *app* its languages."""
    babel = Babel()
    babel.init_app(
        app,
        default_locale=_LOCALES[CHINESE],
        default_timezone="Asia/Shanghai",
        locale_selector=lambda: _LOCALES[language()],
    )
    babel.domain_instance = Catalogues()
    app.jinja_env.filters["say"] = say
    app.jinja_env.globals.update(language=language, LANGUAGES=LANGUAGES, TAGS=TAGS)
