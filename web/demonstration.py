"""The demonstration office's clock, which may be turned on (and never back). No other office has these pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.clock import SHANGHAI, legal_date
from engine.errors import BadInput, NotFound
from engine.text import Text
from web.desk.files import tell
from web.entrance import inside
from web.house import house, reading
from web.security import signed_in
from web.wording import moment

rooms = Blueprint("demonstration", __name__)
_FARTHEST = timedelta(hours=87_600)  # about ten years


@rooms.post("/clock")
@signed_in
def turn() -> ResponseReturnValue:
    """Turn the clock and let everything fire that has come due."""
    if not house().demo:
        raise NotFound(Text("没有这个页面", "there is no such page"))
    now = house().clock.now()
    house().turn_clock(_wanted(now) - now)
    done = house().tower.drain()
    tell(
        Text("时钟已拨到{at},触发{n}个期限", "The clock now shows {at}; {n} limits passed").filled(
            at=moment(house().clock.now()), n=done.firings
        )
    )
    return redirect(inside(request.form.get("back")) or url_for("entrance.front"))


def _wanted(now: datetime) -> datetime:
    match request.form.get("to"):
        case "day":
            return now + timedelta(days=1)
        case "next":
            with reading() as desk:
                due = desk.next_due()
            if due is None:
                raise BadInput({"": Text("没有正在计算的期限", "no clock is running")})
            return max(due, now)
    return _on_the_day(now)


def _on_the_day(now: datetime) -> datetime:
    try:
        day = date.fromisoformat(request.form.get("date", ""))
    except ValueError:
        raise BadInput({"date": Text("请选择日期", "choose a date")}) from None
    wanted = datetime.combine(day, time(9), tzinfo=SHANGHAI).astimezone(UTC)
    if day <= legal_date(now) or wanted - now > _FARTHEST:
        raise BadInput(
            {
                "date": Text(
                    "请选择今天以后十年以内的日期", "choose a day after today and within ten years"
                )
            }
        )
    return wanted
