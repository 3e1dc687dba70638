"""Spans of time in words."""

from __future__ import annotations

from datetime import timedelta

from engine.text import Text
from web.language import say
from web.wording import NOTHING


def span_words(span: timedelta) -> str:
    """A span of time in days and hours, in minutes where there are none of those."""
    return seconds_words(int(span.total_seconds()))


def seconds_words(seconds: int | None) -> str:
    """The same for seconds; a dash for nothing."""
    if seconds is None:
        return say(NOTHING)
    if seconds < _HOUR:
        return say(_MINUTES.filled(minutes=seconds // 60))
    if seconds % _DAY < _HOUR:
        return say(_DAYS.filled(days=seconds // _DAY))
    return say(_HOURS.filled(days=seconds // _DAY, hours=seconds % _DAY // _HOUR))


def short_words(seconds: int | None) -> str:
    """The same in one unit, for a drawing: days, from two days on."""
    if seconds is None:
        return say(NOTHING)
    days = timedelta(seconds=seconds) / timedelta(days=1)
    if days >= 2:
        return say(_DAYS.filled(days=round(days)))
    return say(Text("{hours}小时", "{hours} h").filled(hours=round(days * 24)))


_HOUR = int(timedelta(hours=1).total_seconds())
_DAY = int(timedelta(days=1).total_seconds())
_DAYS = Text("{days}天", "{days} d")
_HOURS = Text("{days}天{hours}小时", "{days} d {hours} h")
_MINUTES = Text("{minutes}分", "{minutes} min")
