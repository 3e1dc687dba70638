"""Words that no drawing and no form may hold: promises not to petition, and judgements of the people who do.

Constitution Art. 41; Personal Information Protection Law Arts. 6, 28, 34. A procedure serves the matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from engine.documents.wording import forbidden_wording
from engine.petition.forms import Form
from engine.procedure.drawing import Drawing
from engine.text import Text

# Written so that the words themselves stand nowhere in this house.
_JUDGED: Final = re.compile(
    "重点(人员|人群|上访|信访人|对象)|不放[心]|黑名[单]|稳[控]|[缠闹非]访|(非正常|异常)上[访]|老上访[户]|信访老[户]|钉子[户]|"
    "上访专业[户]|劝[返]|[截拦]访|接[返]|息[访诉]|罢[访]|风险(等级|评估|预警)|零报[告]|信访积[分]|五[包]|盯[防]|布[控]|"
    "训[诫]|一票否[决]|行[踪]|轨[迹]|出行记[录]|亲属(情况|关系|劝|做工作)|家庭成[员]|情[绪]|精神状[态]|健康状[况]|"
    "思想动[态]|社会关[系]|(人员|信访人)(等级|分级|评分|打分|画像)"
)
_JUDGED_IN_ENGLISH: Final = re.compile(
    r"(?i)\b(watch ?list|black ?list|risk (level|score)|whereabouts|surveillance|key person|trouble ?maker|mood|relatives|"
    r"dissuade|restrain|health|trip log|location of the petitioner|credit score)\b"
)
_NAMES: Final = frozenset(
    {
        "risk", "score", "rating", "blacklist", "watchlist", "whereabouts", "gps", "mood", "relatives", "surveillance", "health",
        "politics", "religion", "credit", "trips", "stability", "danger", "sentiment", "profiling",
    }
)  # fmt: skip
_WHY: Final = Text(
    "流程只办理事项,不得评价、分级、监视或者限制信访人(宪法第四十一条、个人信息保护法第六条);请删去",
    "a procedure serves the matter and never grades, observes or restrains a person (Constitution Art. 41): take it out",
)
PROMISES, PERSONS = "宪法41", "个人信息保护法6"


def forbidden_in(text: str) -> Iterator[tuple[Text, str]]:
    """Why *text* may not stand in a drawing, each with its clause."""
    for reason in forbidden_wording(text):
        yield reason, PROMISES
    if _JUDGED.search(text) or _JUDGED_IN_ENGLISH.search(text):
        yield _WHY, PERSONS


def forbidden_name(name: str) -> bool:
    """Whether a field called *name* holds what nobody may ask of a petitioner."""
    return bool(_NAMES & set(re.split(r"[^a-z]+", name.lower())))


def words_of(drawing: Drawing) -> Iterator[tuple[str, str, str]]:
    """All words of a drawing that people read: file, element, text."""
    for scope in drawing.scopes.values():
        yield scope.file, scope.id, scope.name
        for node in scope.nodes:
            yield scope.file, node.id, node.name
            if node.lane is not None:
                yield scope.file, node.lane.id, node.lane.name


def words_of_forms(forms: Mapping[str, Form]) -> Iterator[tuple[str, str, str]]:
    """All words of the forms: file, field, text."""
    for form in forms.values():
        file = f"forms/{form.id}.toml"
        yield from ((file, form.id, text) for text in (form.title.zh, form.title.en))
        for field in form.fields:
            words = [
                field.label,
                *([field.hint] if field.hint else []),
                *(one.label for one in field.options),
            ]
            yield from ((file, field.name, text) for word in words for text in (word.zh, word.en))
