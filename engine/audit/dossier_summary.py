"""The page of a dossier that people read first. It proves nothing: the entries beside it do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Final

from engine.clock import SHANGHAI
from engine.documents.writing import written_day
from engine.people.directory import Directory
from engine.record.checkpoint import Checkpoint
from engine.store.queries.file_view import FileView
from engine.store.queries.timeline import EntryRow
from engine.text import Text

_STYLE: Final = (
    "body{font:15px/1.6 serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}code{word-break:break-all}"
)
_KINDS: Final = {"firing": "期限届满", "free_step": "自定环节"}


def summary(
    shown: FileView,
    directory: Directory,
    checkpoint: Checkpoint,
    *,
    acts: Mapping[str, Text],
    now: datetime,
) -> str:
    """The page, in Chinese as documents are; names no petitioner."""
    file = shown.file
    head = (
        ("编号", file.number),
        ("事项", file.title),
        ("登记单位", _organ(directory, file.organ)),
        ("收到日期", written_day(file.received_on)),
        ("记录条数", str(len(shown.entries))),
        ("末条摘要", file.head),
        ("日志头", checkpoint.short),
        ("日志头签署于", _instant(checkpoint.at)),
        ("导出时间", _instant(now)),
    )
    rows = [
        (
            str(one.seq),
            _instant(one.effective_at),
            _instant(one.recorded_at),
            acts[one.act].zh if one.act in acts else f"{_KINDS.get(one.kind, '')} {one.act}",
            _organ(directory, one.organ),
            "、".join(number for _, number in one.documents if number),
            _deadlines(one),
            one.digest,
        )
        for one in shown.entries
    ]
    ledger = [
        (row.limit, row.article, _organ(directory, row.debtor), str(row.started_on), str(row.legal_due or ""), row.state.value)
        for row in file.ledger
    ]  # fmt: skip
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(file.number)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>信访事项案卷 {escape(file.number)}</h1>"
        "<p>本页仅供阅读。证据是 entries 中的各条记录及其日志证明;请用 petition verify 或者独立的 "
        "verify_dossier.py 核验,并与所持凭证上的日志头比对。</p>"
        + _table((), head)
        + "<h2>经过</h2>"
        + _table(("序", "生效", "记录", "行为", "机关", "文书", "期限", "摘要"), rows)
        + "<h2>期限</h2>"
        + _table(("期限", "条款", "义务人", "起算", "届满", "状态"), ledger)
        + "</body></html>"
    )


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    lines = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{''.join(lines)}</table>"


def _organ(directory: Directory, id: str) -> str:
    return directory.organ(id).name.zh if directory.exists(id) else id


def _deadlines(one: EntryRow) -> str:
    return "、".join(f"{row.limit} {row.how} {row.legal_due or ''}" for row in one.deadlines)


def _instant(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
