"""What became of something that a file of another modeler brought along, said so that nobody has to look for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from engine.text import Text


class Fate(StrEnum):
    """What became of it."""

    TURNED = "turned"
    """Written otherwise, with the same meaning."""
    DROPPED = "dropped"
    """Not taken along."""
    KEPT = "kept"
    """Stays in the file; the engine does not look at it."""
    CHANGE = "change"
    """Stays in the file, but has to be changed before the check passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing and its fate: in which diagram (its process id), at which element (id and name), in words."""

    fate: Fate
    diagram: str
    element: str | None
    name: str
    words: Text


@dataclass(slots=True)
class Notes:
    """Collects notes while a file is taken apart; of the same kind, so many are told one by one and the others counted."""

    _found: list[tuple[str, Fate, str | None, str, Text]] = field(default_factory=list)

    def add(
        self, saying: str, element: str | None = None, name: str = "", **values: object
    ) -> None:
        """Note what SAYINGS has under *saying*, filled with *values*."""
        fate, words = SAYINGS[saying]
        self._found.append((saying, fate, element, name, words.filled(**values)))

    def of(self, diagram: str) -> Iterator[Note]:
        """The notes as those of *diagram*."""
        told: dict[str, int] = {}
        for saying, fate, element, name, words in self._found:
            told[saying] = told.get(saying, 0) + 1
            if told[saying] <= _MOST:
                yield Note(fate=fate, diagram=diagram, element=element, name=name, words=words)
        for saying, count in told.items():
            if count > _MOST:
                yield Note(
                    fate=SAYINGS[saying][0], diagram=diagram, element=None, name="",
                    words=_MORE.filled(n=count - _MOST),
                )  # fmt: skip


_MOST: Final = 100
_MORE: Final = Text("同类的还有{n}处", "{n} more of this kind")

SAYINGS: Final[dict[str, tuple[Fate, Text]]] = {
    "encoding": (Fate.TURNED, Text("原为 {found} 编码,已转为 UTF-8", "was encoded in {found}, is UTF-8 now")),
    "comments": (
        Fate.DROPPED,
        Text("XML 注释和处理指令{n}处未保留;要留的话请写成说明或批注",
             "{n} XML comments or processing instructions were left out: write what matters as documentation or note"),
    ),
    "split": (
        Fate.TURNED,
        Text("文件中有{n}个流程,每个流程各存为一张图", "the file held {n} processes: each became a diagram of its own"),
    ),
    "black_box": (
        Fate.TURNED,
        Text("别的流程的泳池在这里是空的泳池,其内容在另一张图里",
             "the pool of another process is an empty pool here; what it holds is in a diagram of its own"),
    ),
    "empty_process": (Fate.TURNED, Text("没有内容的流程改为空的泳池", "a process without content became an empty pool")),
    "message_flow_end": (
        Fate.TURNED,
        Text("消息流的另一端在别的流程里,现连到那个流程的泳池",
             "this message flow led into another process; it ends at the pool of that process now"),
    ),
    "message_flow": (
        Fate.DROPPED,
        Text("消息流的一端没有泳池,未保留", "one end of this message flow lay in no pool; it was left out"),
    ),
    "renamed": (
        Fate.TURNED,
        Text("id 原为“{was}”,{why},改为“{now}”", "its id was {was}; {why}, it is {now} now"),
    ),
    "named": (Fate.TURNED, Text("原没有 id,现为“{now}”", "it had no id; it is {now} now")),
    "prefix": (Fate.TURNED, Text("{n}处引用去掉了前缀", "{n} references lost their prefix")),
    "moved_in": (
        Fate.TURNED,
        Text("{what} 不该直接写在这里,已移入扩展", "{what} may not stand here; it was moved into the extensions"),
    ),
    "flattened": (Fate.TURNED, Text("带格式的文字改为纯文字", "formatted words became plain words")),
    "called": (
        Fate.TURNED,
        Text("扩展里写的被调用流程“{called}”,已写为 calledElement",
             "the called process {called}, told by an extension, is told by calledElement now"),
    ),
    "laid_out": (Fate.TURNED, Text("没有版面,已排出一个", "it had no layout; one was made")),
    "placed": (Fate.TURNED, Text("没有画出来,已放在图的下方", "it was not drawn; it stands below the drawing now")),
    "drawn_badly": (
        Fate.DROPPED,
        Text("版面中{n}处不可用(缺坐标、重复或者所指不存在),未保留",
             "{n} parts of the layout were unusable (no coordinates, twice, or of nothing) and were left out"),
    ),
    "other_planes": (
        Fate.KEPT,
        Text("另有{n}个版面留在文件里,这里打开画得最多的一个",
             "{n} more layouts stay in the file; the one that shows most is opened here"),
    ),
}  # fmt: skip
