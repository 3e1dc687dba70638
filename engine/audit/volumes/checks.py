"""The four properties of an electronic volume (四性检测, DA/T 70): authentic, complete, usable, secure; each a list of checks.

Nothing here is taken on trust or ticked by hand: every check is one of the house's own proofs, asked of this one matter. What
is missing is named with the article that asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.audit.owed import happening, still_owed
from engine.audit.papers_check import attachments_beside, documents_beside, values_beside
from engine.audit.replay import Replay
from engine.audit.volumes.attachments import active_in, fault_of
from engine.audit.volumes.bundle import Item
from engine.petition.documents import ServiceState
from engine.petition.entries import Entry
from engine.printing.press import unprintable
from engine.record.chain import ChainBroken, verify_chain
from engine.record.proving import files_digest
from engine.record.tree import tree_hash
from engine.statute.duties import Owed, owed_after, papers_called_for
from engine.statute.law import Law
from engine.store.desk import Desk
from engine.store.queries.file_view import FileView
from engine.text import Text


class Quality(StrEnum):
    """What a volume has to be."""

    AUTHENTIC = "authentic"
    COMPLETE = "complete"
    USABLE = "usable"
    SECURE = "secure"


TITLES: Final = {
    Quality.AUTHENTIC: Text("真实性", "authentic"),
    Quality.COMPLETE: Text("完整性", "complete"),
    Quality.USABLE: Text("可用性", "usable"),
    Quality.SECURE: Text("安全性", "secure"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: what is claimed, and everything that speaks against it. ``asked`` is False where there was nothing to ask."""

    quality: Quality
    claim: Text
    faults: tuple[Text, ...] = ()
    asked: bool = True

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What the checks look at."""

    desk: Desk
    shown: FileView
    entries: tuple[Entry, ...]
    items: tuple[Item, ...]
    law: Law
    replay: Replay

    @property
    def attachments(self) -> list[Item]:
        """The items that were handed in."""
        return [item for item in self.items if item.attachment is not None]

    @property
    def documents(self) -> list[Item]:
        """The items that were issued."""
        return [item for item in self.items if item.document is not None]


Finding = Callable[[Examined], Iterator[Text]]


def checks_of(examined: Examined) -> tuple[Check, ...]:
    """All checks of a volume, quality by quality."""
    return tuple(
        Check(quality=quality, claim=claim, faults=tuple(find(examined)), asked=asked(examined))
        for quality, claim, find, asked in _CHECKS
    )


# ---- authentic --------------------------------------------------------------------------------------------------------


def _chained(on: Examined) -> Iterator[Text]:
    try:
        verify_chain(on.entries, head=on.shown.file.head)
    except ChainBroken as broken:
        yield Text("第{seq}条:{why}", "entry {seq}: {why}").filled(seq=broken.seq, why=broken.text)


def _replayed(on: Examined) -> Iterator[Text]:
    found = on.replay.replay(on.desk, on.shown.file.id).divergence
    if found is not None:
        yield Text("第{seq}条:{what}", "entry {seq}: {what}").filled(seq=found.seq, what=found.what)


def _logged(on: Examined) -> Iterator[Text]:
    hashing = tree_hash(on.desk.log_state().hash)
    places = on.desk.log_places(on.shown.file.id)
    for number, content in enumerate(on.desk.exact_entries(on.shown.file.id), start=1):
        if places.get(number, (None, b""))[1] != hashing.leaf(content):
            yield Text("第{seq}条不在日志中", "entry {seq} is not in the log").filled(seq=number)


def _values(on: Examined) -> Iterator[Text]:
    return (fault.why for fault in values_beside(on.desk, on.shown.file, on.entries))


def _files(on: Examined) -> Iterator[Text]:
    return (fault.why for fault in attachments_beside(on.desk, on.shown.file, on.entries))


# ---- complete ---------------------------------------------------------------------------------------------------------


def _papers(on: Examined) -> Iterator[Text]:
    happened = tuple(happening(entry) for entry in on.entries)
    return (_named(rule) for rule in owed_after(happened, papers_called_for(happened)))


def _duties(on: Examined) -> Iterator[Text]:
    return (_named(rule) for rule in still_owed(on.entries) if not rule.papers)


def _there(on: Examined) -> Iterator[Text]:
    for fault in documents_beside(on.desk, on.shown.file.id, on.entries):
        yield Text("第{seq}条:{why}", "entry {seq}: {why}").filled(seq=fault.seq, why=fault.why)


def _parts(on: Examined) -> Iterator[Text]:
    for item in on.documents:
        rule = on.law.document(item.document.kind) if item.document else None
        for part in (
            rule.missing(item.fields) if rule is not None and item.fields is not None else ()
        ):
            yield Text("{place} {title}未载明“{part}”({cite})", "{place} {title} does not state “{part}” ({cite})").filled(
                place=item.place, title=item.title, part=part.title, cite=rule.cite if rule else "",
            )  # fmt: skip


def _served(on: Examined) -> Iterator[Text]:
    for item in on.documents:
        paper = item.document
        if paper is None or paper.service in {ServiceState.DELIVERED, ServiceState.NOT_NEEDED}:
            continue
        yield Text("{place} {title} {number}没有送达证明({cite})", "{place} {title} {number}: no proof of service ({cite})").filled(
            place=item.place, title=item.title, number=paper.number, cite=on.law.document("service_receipt").cite,
        )  # fmt: skip


def _kept(on: Examined) -> Iterator[Text]:
    if not on.shown.file.facts.get("archived_on"):
        yield _NO_PERIOD


# ---- usable -----------------------------------------------------------------------------------------------------------


def _printed(on: Examined) -> Iterator[Text]:
    return (_of(item, item.fault) for item in on.documents if item.fault is not None)


def _opened(on: Examined) -> Iterator[Text]:
    for item in on.attachments:
        kind = item.attachment.media_type if item.attachment else ""
        fault = item.fault or fault_of(kind, item.content)
        if fault is not None:
            yield _of(item, fault)


def _legible(on: Examined) -> Iterator[Text]:
    for item in on.documents:
        missing = unprintable("".join((item.fields or {}).values()))
        if missing:
            yield _of(
                item, Text("缺字:{signs}", "no glyph for {signs}").filled(signs="、".join(missing))
            )


def _drawings(on: Examined) -> Iterator[Text]:
    for version in sorted({entry.versions.get("procedure", "") for entry in on.entries} - {""}):
        if files_digest(on.desk.procedure_files(version)) != version:
            yield Text("流程版本{version}…", "version {version}…").filled(version=version[:16])


# ---- secure -----------------------------------------------------------------------------------------------------------


def _quiet(on: Examined) -> Iterator[Text]:
    for item in on.items:
        found = active_in(item.content)
        if found is not None:
            yield _of(item, Text("含有{found}", "{found} is in it").filled(found=found))


def _sealed(on: Examined) -> Iterator[Text]:
    if on.shown.file.wrapped_key is None and not on.shown.erased:
        yield Text("没有本件的密钥", "the file has no key of its own")


def _of(item: Item, what: Text) -> Text:
    return Text("{place} {title}:{what}", "{place} {title}: {what}").filled(
        place=item.place, title=item.title, what=what
    )


def _named(rule: Owed) -> Text:
    return Text("缺少“{title}”({cite})", "“{title}” is missing ({cite})").filled(
        title=rule.title, cite=rule.cite
    )


def _always(on: Examined) -> bool:
    return True


def _has_attachments(on: Examined) -> bool:
    return bool(on.attachments)


def _not_erased(on: Examined) -> bool:
    return not on.shown.erased


_NO_PERIOD = Text(
    "没有载明保管期限:请办理“归档”(《中华人民共和国档案法》第十三条)",
    "no period of retention is written down: archive the file (Archives Law, Art. 13)",
)
_CHECKS: Final[tuple[tuple[Quality, Text, Finding, Callable[[Examined], bool]], ...]] = (
    (Quality.AUTHENTIC, Text("记录逐条相接,末条即所存末条", "the entries are chained up to the last"), _chained, _always),
    (Quality.AUTHENTIC, Text("逐条重演,各处状态与记录一致", "replayed, every state is that of the record"), _replayed, _always),
    (Quality.AUTHENTIC, Text("每条记录都在签名日志之中", "every entry is in the signed log"), _logged, _always),
    (Quality.AUTHENTIC, Text("个人信息和文书内容与记录的承诺值相符", "values and contents are as committed"), _values, _not_erased),
    (Quality.AUTHENTIC, Text("附件与记录的摘要值相符", "attachments have the digests of the record"), _files, _has_attachments),
    (Quality.COMPLETE, Text("所经程序要求的文书齐全", "every paper is there that the way it took calls for"), _papers, _always),
    (Quality.COMPLETE, Text("没有未了结的法定义务", "no duty is left owed"), _duties, _always),
    (Quality.COMPLETE, Text("记录制发的文书都在卷内", "every document that the record issued is in it"), _there, _always),
    (Quality.COMPLETE, Text("文书载明法定事项", "every document states what it must"), _parts, _not_erased),
    (Quality.COMPLETE, Text("应当送达的文书都有送达证明", "whatever had to be served has its proof"), _served, _always),
    (Quality.COMPLETE, Text("已归档并载明保管期限", "it is archived, with a period of retention"), _kept, _always),
    (Quality.USABLE, Text("文书都能按当时的模板印成 PDF/A", "every document prints as PDF/A"), _printed, _not_erased),
    (Quality.USABLE, Text("附件都能打开", "every attachment opens"), _opened, _has_attachments),
    (Quality.USABLE, Text("文字都能显示,没有缺字", "every character can be shown"), _legible, _not_erased),
    (Quality.USABLE, Text("所依据的流程图、表单和模板齐全", "the drawings, forms and templates are all there"), _drawings, _always),
    (Quality.SECURE, Text("卷内没有可执行、可自动运行的内容", "nothing in it runs or fetches anything"), _quiet, _always),
    (Quality.SECURE, Text("个人信息、文书内容和附件以本件密钥加密", "it is kept under a key of its own"), _sealed, _not_erased),
)  # fmt: skip

__all__ = ["TITLES", "Check", "Examined", "Quality", "checks_of"]
