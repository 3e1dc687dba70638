"""The words for values: captions, dates, lights. The only place that turns a value into words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from flask import Flask
from markupsafe import Markup, escape

from engine.clock import SHANGHAI, legal_date
from engine.office.naming import Named
from engine.petition.deadlines import Deadline, DeadlineState
from engine.petition.forms import Field, FieldKind, Form, Option
from engine.text import CHINESE, ENGLISH, Text
from web.captions import CAPTIONS
from web.house import house
from web.language import TAGS, language, say

DOCUMENT, ATTACHMENT = "document", "attachment"
"""How the log of looks names what was looked at."""
OptionGroups = tuple[tuple[Text, tuple[Option, ...]], ...]
NOTHING: Final = Text("—", "—")


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """How a deadline stands: a shape, a word and a number; ``tone`` names the style, never the only sign."""

    tone: str
    shape: str
    word: Text
    number: Text | None = None


NOT_STARTED: Final = Light(tone="none", shape="○", word=Text("无期限", "no limit"))
DONE: Final = Light(tone="done", shape="✓", word=Text("已办结", "concluded"))
_SETTLED: Final = {
    DeadlineState.SUSPENDED: Light(tone="paused", shape="‖", word=Text("暂停", "suspended")),
    DeadlineState.MET: Light(tone="done", shape="✓", word=Text("按期完成", "met in time")),
    DeadlineState.LAPSED: Light(tone="none", shape="◇", word=Text("期满失权", "lapsed")),
    DeadlineState.VOID: Light(tone="none", shape="×", word=Text("作废", "void")),
}
_POWER_SETTLED: Final = Light(tone="done", shape="✓", word=Text("已了结", "settled"))
_WARNING_SHARE, _WARNING_DAYS = 4, 3
"""A light turns yellow in the last quarter of a limit and at the latest three days before its end: a matter of display."""


def light(
    state: DeadlineState | str | None,
    due: date | None,
    *,
    on: date,
    started: date | None = None,
    closed_on: date | None = None,
) -> Light:
    """The light of a deadline in *state* that falls on *due*, seen on the day *on*."""
    if state is None:
        return NOT_STARTED
    state = DeadlineState(state)
    if state in _SETTLED:
        return _SETTLED[state]
    if due is None:
        return NOT_STARTED
    if state is DeadlineState.MET_LATE:
        return Light(
            tone="late", shape="✓", word=Text("超期完成", "met late"), number=_over(closed_on, due)
        )
    left = (due - on).days
    if left < 0 or state is DeadlineState.OVERDUE:
        return Light(
            tone="overdue", shape="■", word=Text("超期", "overdue"), number=_days(max(-left, 0))
        )
    number = Text("剩{n}天", "{n} d left").filled(n=left)
    if is_soon(left, due, started):
        return Light(tone="soon", shape="▲", word=Text("预警", "due soon"), number=number)
    return Light(tone="ok", shape="●", word=Text("正常", "in time"), number=number)


def light_of(row: Deadline, on: date) -> Light:
    """The light of the deadline *row*, seen on the day *on*."""
    if row.power and row.state is DeadlineState.MET:
        return _POWER_SETTLED
    return light(row.state, row.legal_due, on=on, started=row.started_on, closed_on=row.closed_on)


def is_soon(left: int, due: date, started: date | None) -> bool:
    """Whether *left* days before *due* call for a warning."""
    whole = (due - started).days if started else 0
    return left <= max(_WARNING_DAYS, whole // _WARNING_SHARE)


def _over(closed_on: date | None, due: date) -> Text | None:
    return _days((closed_on - due).days) if closed_on else None


def _days(n: int) -> Text:
    return Text("{n}天", "{n} d").filled(n=n)


def caption(kind: str, value: object) -> str:
    """The caption of *value* in the enumeration *kind*; the value itself where none is known, a dash for nothing."""
    if value is None or value == "":
        return say(NOTHING)
    return say(CAPTIONS[kind].get(str(value)) or str(value))


def day(value: date | None) -> str:
    """A day as lists show it: 2026-11-23."""
    return value.isoformat() if value else say(NOTHING)


def long_day(value: date | None) -> str:
    """A day as sentences show it: 2026年11月23日."""
    if value is None:
        return say(NOTHING)
    return say(Text(f"{value.year}年{value.month}月{value.day}日", value.isoformat()))


_LENGTHS: Final = {
    "days": Text("{n}日", "{n} days"),
    "working_days": Text("{n}个工作日", "{n} working days"),
}
_WEEKDAYS: Final = (
    Text("周一", "Mon"), Text("周二", "Tue"), Text("周三", "Wed"), Text("周四", "Thu"), Text("周五", "Fri"),
    Text("周六", "Sat"), Text("周日", "Sun"),
)  # fmt: skip


def weekday(value: date) -> str:
    """The day of the week: 周一."""
    return say(_WEEKDAYS[value.weekday()])


def moment(value: datetime | None) -> str:
    """An instant on the clocks of Asia/Shanghai: 2026-11-23 09:05."""
    return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if value else say(NOTHING)


def end_of_day(value: datetime) -> str:
    """An instant at which a legal day ends, as the law says it: 2026-11-23 24:00."""
    local = value.astimezone(SHANGHAI)
    if (local.hour, local.minute) != (0, 0):
        return moment(value)
    return f"{(local - timedelta(days=1)).date().isoformat()} 24:00"


def size(octets: int) -> str:
    """The size of a file: 12 KB."""
    return f"{octets / 1_000_000:.1f} MB" if octets >= 1_000_000 else f"{max(1, octets // 1000)} KB"


def article(number: str | None) -> str:
    """An article as the law is cited: 第二十三条 is too long for a list, so 第23条."""
    return say(article_text(number))


def article_text(number: str | None) -> Text:
    """An article in both languages: a number of the regulation, or another law's as it is cited."""
    if not number:
        return Text("", "")
    if not number[0].isdigit():  # of another law, cited in full
        return Text(number, number)
    main, bracket, rest = number.partition("(")
    return Text(f"第{main}条{bracket}{rest}", f"Art. {number}")


def worded(text: Text) -> Markup:
    """*text* in the language of the request, marked as Chinese where it has no other words."""
    said = say(text)
    if language() == ENGLISH and text.en == text.zh:
        return Markup('<span lang="{}">{}</span>').format(TAGS[CHINESE], said)
    return escape(said)


def in_chinese(name: str) -> Markup:
    """A name that a drawing gives and nobody has translated."""
    return worded(Text(name, name))


def step_words(step: Named, procedure: str) -> Markup:
    """What an open step is called, the article apart, so that lists can break the line before it."""
    title = house().step_title(procedure, step)
    name, bracket, article = title.zh.partition(" (")
    if say(title) != title.zh or not bracket:
        return worded(title)
    return Markup('{} <span class="article">({}</span>').format(in_chinese(name), article)


def limit_title(name: str | None) -> str:
    """The name of a limit of the statute; an internal limit is the office's own."""
    if not name:
        return ""
    law = house().law
    return (
        say(law.limit_by_id(name).title)
        if law.has_limit(name)
        else say(Text("内部期限", "internal limit"))
    )


@dataclass(frozen=True, slots=True)
class Breach:
    """What a supervision is about: a limit of the statute with its article and length, or another ground."""

    title: Text
    article: str = ""
    length: Text | None = None


def breach_of(word: str) -> Breach:
    """The breach that *word* names: a limit, or a ground of the form by which a supervision is opened."""
    law = house().law
    if law.has_limit(word):
        limit = law.limit_by_id(word)
        length = _LENGTHS[limit.unit.value].filled(n=limit.length) if limit.length else None
        return Breach(title=limit.title, article=limit.article, length=length)
    asked = house().acts["open_supervision"].form.fields
    grounds = {option.value: option.label for one in asked for option in one.options}
    return Breach(title=grounds.get(word, Text(word, word)))


def act_title(id: str, procedure: str = "") -> str:
    """The name of an act, of a clock that fired, or of a free step (by its form in the version *procedure*)."""
    if id.startswith("clock:"):
        limit = id.removeprefix("clock:")
        return say(
            Text("{limit}期限届满", "limit passed: {limit}").filled(limit=limit_title(limit))
        )
    if id.startswith("fill"):
        form = house().form_title(procedure, id.partition(":")[2]) if procedure else None
        return say(form or Text("自定环节", "free step"))
    known = house().titles.get(id)
    return say(known) if known else id


def document_title(kind: str) -> str:
    """The name of a kind of document."""
    return say(house().law.document(kind).title)


REPLAY: Final = "replay"
EXPORT, EVENTS, VOLUME = "export", "events", "volume"


def looked_at(what: str) -> str:
    """What somebody looked at, as the log of looks names it."""
    kind, _, rest = what.partition(":")
    if kind == DOCUMENT:
        name, _, number = rest.partition(":")
        return f"{document_title(name)} {number}".strip()
    known = {
        ATTACHMENT: Text("附件", "an attachment"),
        REPLAY: Text("回放", "the replay"),
        EXPORT: Text("案卷导出", "the dossier, taken away"),
        EVENTS: Text("事件日志", "an event log"),
        VOLUME: Text("卷宗", "the volume"),
    }
    return say(known.get(kind, Text("个人信息", "personal data")))


def question_title(name: str) -> str:
    """What a sealed value answers: the label of the question wherever an act asks it."""
    for act in house().acts.values():
        for one in act.form.fields:
            if one.name == name:
                return say(one.label)
    return name


def answer_words(asked: Field, value: object, choices: Mapping[str, OptionGroups]) -> str:
    """An answer as people read it."""
    if asked.kind is FieldKind.BOOLEAN:
        return say(Text("是", "yes") if str(value) in {"true", "on", "True"} else Text("否", "no"))
    labels = {option.value: option.label for option in asked.options}
    for _, options in choices.get(asked.kind, ()):
        labels |= {option.value: option.label for option in options}
    many = value if isinstance(value, tuple) else (value,)
    return say(Text("、", ", ")).join(say(labels.get(str(one))) or str(one) for one in many)


def when_words(form: Form, asked: Field) -> str:
    """When a question arises, for those whose browser cannot hide it until then."""
    if asked.when is None:
        return ""
    name, values = asked.when
    other = next((one for one in form.fields if one.name == name), None)
    if other is None:
        return ""
    if other.kind is FieldKind.BOOLEAN:
        return say(
            Text("仅当勾选「{name}」时填写", "only if “{name}” is ticked").filled(name=other.label)
        )
    words = [option.label for option in other.options if option.value in values]
    return say(
        Text("仅当「{name}」为{values}时填写", "only if “{name}” is {values}").filled(
            name=other.label,
            values=Text("、".join(one.zh for one in words), " / ".join(one.en for one in words)),
        )
    )


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "caption_of": lambda value, kind: caption(kind, value),
    "day": day,
    "long_day": long_day,
    "weekday": weekday,
    "moment": moment,
    "size": size,
    "article": article,
    "legal_day": lambda instant: day(legal_date(instant)),
    "worded": worded,
}


def install(app: Flask) -> None:
    """Give the templates of *app* these words."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        light=light,
        light_of=light_of,
        DONE=DONE,
        NOT_STARTED=NOT_STARTED,
        limit_title=limit_title,
        in_chinese=in_chinese,
        step_words=step_words,
        breach_of=breach_of,
        act_title=act_title,
        document_title=document_title,
        question_title=question_title,
        looked_at=looked_at,
        answer_words=answer_words,
        when_words=when_words,
    )
