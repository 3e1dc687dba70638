"""Cover, catalogue, note and report of a volume, as they are printed (案卷封面、卷内目录、备考表、四性检测报告)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from engine.audit.exporting import Wish
from engine.audit.volumes.bundle import Item
from engine.audit.volumes.checks import TITLES, Check, Quality
from engine.audit.wording import CLOSINGS, moment, organ_name
from engine.clock import legal_date
from engine.documents.writing import as_written, written_day
from engine.people.directory import Directory
from engine.petition.file import FileKind
from engine.store.queries.file_view import FileView

_RESULTS = {(True, True): "通过", (False, True): "不通过", (True, False): "不涉及"}


def contents(
    shown: FileView,
    items: Sequence[Item],
    checks: Sequence[Check],
    directory: Directory,
    wish: Wish,
    now: datetime,
) -> dict[str, object]:
    """What stands on the sheets."""
    file = shown.file
    closing = str(file.facts.get("closing") or "")
    maker = directory.people.get(wish.viewer.person)
    pages = sum(item.pages or 0 for item in items)
    ended = legal_date(file.closed_at) if file.closed_at else file.received_on
    return {
        "kind": "督办案卷" if file.kind is FileKind.SUPERVISION else "信访事项案卷",
        "number": file.number,
        "title": as_written(file.title),
        "organ": organ_name(directory, file.organ),
        "sealed": file.sealed,
        "cover": [
            ["起止日期", f"{written_day(file.received_on)}至{written_day(ended)}"],
            ["办结方式", CLOSINGS[closing].zh if closing in CLOSINGS else "—"],
            ["责任单位", organ_name(directory, str(file.facts["organ"])) if file.facts.get("organ") else "—"],
            ["件数、页数", f"{len(items)}件，{pages}页"],
            ["保管期限", _period(file.facts.get("archived_on"), file.facts.get("keep_until"))],
            ["档号", ""],
        ],
        "items": [_line(item) for item in items],
        "maker": f"{organ_name(directory, wish.viewer.organ)}　{maker.name if maker else wish.viewer.person}",
        "made": moment(now),
        "purpose": as_written(wish.purpose),
        "state": list(_state(items, checks)),
        "checks": [
            {
                "title": TITLES[quality].zh,
                "rows": [_row(check) for check in checks if check.quality is quality],
            }
            for quality in Quality
        ],
    }  # fmt: skip


def _period(archived_on: object, until: object) -> str:
    if not archived_on:
        return "未载明"
    return f"至{written_day(date.fromisoformat(str(until)))}" if until else "永久"


def _line(item: Item) -> dict[str, str]:
    return {
        "place": str(item.place),
        "number": item.number,
        "organ": item.organ,
        "title": as_written(item.title),
        "date": item.on.isoformat(),
        "page": str(item.page or "—"),
        "pages": str(item.pages or "—"),
        "note": "附件" if item.attachment is not None else "缺" if item.fault is not None else "",
    }


def _row(check: Check) -> dict[str, object]:
    return {
        "claim": as_written(check.claim.zh),
        "result": _RESULTS[check.passed, check.asked or not check.passed],
        "passed": check.passed,
        "faults": [as_written(fault.zh) for fault in check.faults],
    }


def _state(items: Iterable[Item], checks: Iterable[Check]) -> Iterable[str]:
    """What the note says of the volume: what is missing, and where the report is."""
    lacking = [item for item in items if item.fault is not None]
    if lacking:
        yield "卷内缺：" + "、".join(f"{item.place} {item.title}" for item in lacking) + "。"
    failed = [check for check in checks if not check.passed]
    if failed:
        yield f"四性检测{len(failed)}项不通过，见检测报告。"
    else:
        yield "四性检测全部通过，见检测报告。"
