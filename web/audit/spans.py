"""Spans of time in words."""

from __future__ import annotations

from datetime import timedelta

from engine.text import Text
from web.language import say
from web.wording import NOTHING


def span_words(span: timedelta) -> str:
    """A span of time in days and hours."""
    hours = int(span.total_seconds()) // 3600
    return say(_DAYS.filled(days=hours // 24, hours=hours % 24))


def seconds_words(seconds: int | None) -> str:
    """Seconds in days and hours, in minutes where there are none of those; a dash for nothing."""
    if seconds is None:
        return say(NOTHING)
    if seconds < _HOUR:
        return say(_MINUTES.filled(minutes=seconds // 60))
    if seconds % _DAY == 0:
        return say(Text("{days}天", "{days} d").filled(days=seconds // _DAY))
    return span_words(timedelta(seconds=seconds))


def short_words(seconds: int | None) -> str:
    """The same in one unit, for a drawing: days, from two days on."""
    if seconds is None:
        return say(NOTHING)
    days = timedelta(seconds=seconds) / timedelta(days=1)
    if days >= 2:
        return say(Text("{days}天", "{days} d").filled(days=round(days)))
    return say(Text("{hours}小时", "{hours} h").filled(hours=round(days * 24)))


_HOUR = int(timedelta(hours=1).total_seconds())
_DAY = int(timedelta(days=1).total_seconds())
_DAYS = Text("{days}天{hours}小时", "{days} d {hours} h")
_MINUTES = Text("{minutes}分", "{minutes} min")
