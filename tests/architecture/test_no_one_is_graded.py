"""It serves the matter and never grades the person: nothing in the house can hold a judgement of a petitioner.

Constitution Art. 41, PIPL Arts. 6, 28, 34: no score, grade, label, watch list, whereabouts or relatives of a
person, and none of the words with which such lists were kept.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture import tree

# Words that no name of a field, column, key or form may hold, whatever it belongs to.
NEVER = {
    "abnormal", "blacklist", "credit", "danger", "dangerous", "dissuade", "gps", "mood",
    "offender", "politics", "profiling", "radical", "rating", "relatives", "restrain", "risk", "score",
    "scores", "sentiment", "stability", "surveillance", "suspicion", "threat", "trip", "trips",
    "troublemaker", "watch", "watched", "watchlist", "whereabouts",
}  # fmt: skip
NEVER_TOGETHER = {
    "key_person", "key_petitioner", "level_of_concern", "watch_list", "black_list", "trip_log", "repeat_petitioner",
    "waiver_of_petition", "location_history",
}  # fmt: skip
# Words that are harmless about a matter and a judgement about a person.
NEVER_OF_A_PERSON = {
    "category", "class", "concern", "grade", "grading", "kind", "label", "labels", "level", "location", "rank",
    "tag", "tags", "tier", "track", "tracking",
}  # fmt: skip
PERSON = {
    "petitioner",
    "petitioners",
    "party",
    "parties",
    "representative",
    "contact",
    "complainant",
    "visitor",
}
# A petitioner may be a person or an organisation, and the law asks which (Art. 17).
LAWFUL_OF_A_PERSON = {"petitioner_kind", "kind"}

NEVER_IN_CHINESE = re.compile(
    "重点人员|重点人群|重点上访|重点信访人|不放心|黑名单|稳控|缠访|闹访|非访|非正常上访|异常上访|老上访户|信访老户|钉子户|"
    "上访专业户|劝返|截访|拦访|息访承诺|罢访|风险等级|风险评估|风险预警|零报告|信访积分|失信名单"
)
SHOWN = (".toml", ".html", ".bpmn", ".dmn", ".csv", ".js", ".po")


def words(name: str) -> list[str]:
    """The words of an identifier: `petitionerRiskLevel` and `petitioner_risk-level` alike."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return [word for word in re.split(r"[^a-z0-9]+", apart.lower()) if word]


def is_judgement(name: str, *, of: str = "") -> bool:
    """Whether a field called `name`, in something called `of`, could hold a judgement of a person."""
    parts = words(name)
    joined = "_".join(parts)
    if NEVER & set(parts) or any(phrase in joined for phrase in NEVER_TOGETHER):
        return True
    if joined in LAWFUL_OF_A_PERSON:
        return False
    about_a_person = PERSON & set(words(of) + parts)
    return bool(about_a_person and NEVER_OF_A_PERSON & set(parts))


def fields_in_python(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Each annotated or assigned name of a class with the class's name, and the class itself."""
    for owner in ast.walk(module):
        if not isinstance(owner, ast.ClassDef):
            continue
        yield owner.name, ""
        for statement in owner.body:
            targets = statement.targets if isinstance(statement, ast.Assign) else []
            targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
            yield from (
                (target.id, owner.name) for target in targets if isinstance(target, ast.Name)
            )


def columns_in_python(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Each first text given to a call whose name ends in `Column` or `Table`, as tables and migrations write."""
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        called = words(ast.unparse(node.func))[-1:]
        first = node.args[0]
        if called in (["column"], ["table"]) and isinstance(first, ast.Constant):
            yield str(first.value), ""


def keys_in_toml(table: dict[str, Any], owner: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        yield key, owner
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from keys_in_toml(inner, key)


def names_in_markup(text: str) -> Iterator[tuple[str, str]]:
    """The names under which pages and drawings hold what is typed in."""
    for attribute in re.finditer(r"""\b(?:name|id|petition:form|field)=["']([\w-]+)["']""", text):
        yield attribute[1], ""


def names() -> Iterator[tuple[Path, str, str]]:
    """Every name in the house under which something is kept, with its file and what it belongs to."""
    for path, module in tree.modules():
        for name, owner in [*fields_in_python(module), *columns_in_python(module)]:
            yield path, name, owner
    for path in tree.files_in("engine", "processes", "web", suffixes=(".toml",)):
        for name, owner in keys_in_toml(tomllib.loads(tree.text_of(path))):
            yield path, name, owner
    for path in tree.files_in("processes", "web", suffixes=(".bpmn", ".dmn", ".html")):
        for name, owner in names_in_markup(tree.text_of(path)):
            yield path, name, owner


def test_nothing_is_kept_that_judges_a_person() -> None:
    found = [
        f"{path}: {owner}.{name}" for path, name, owner in names() if is_judgement(name, of=owner)
    ]

    assert found == []


def test_the_words_of_such_lists_stand_nowhere() -> None:
    shown = tree.files_in("engine", "processes", "web", suffixes=(".py", *SHOWN))
    found = [
        f"{path}: {word}" for path in shown for word in NEVER_IN_CHINESE.findall(tree.text_of(path))
    ]

    assert found == []


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("risk_level", "Petition"),
        ("petitionerScore", ""),
        ("grade", "Petitioner"),
        ("level_of_concern", ""),
        ("watch-list", ""),
        ("label", "PartyRow"),
        ("trips", "Visit"),
        ("key_person", "Matter"),
    ],
)
def test_a_judgement_is_found(name: str, of: str) -> None:
    assert is_judgement(name, of=of)


@pytest.mark.parametrize(
    ("name", "of"),
    [("level", "Organ"), ("label", "Field"), ("name", "Petitioner"), ("kind", "Deadline")],
)
def test_what_is_said_of_matters_and_organs_is_left_alone(name: str, of: str) -> None:
    assert not is_judgement(name, of=of)


def test_fields_are_found_however_they_are_written() -> None:
    code = ast.parse(
        "class PartyRow:\n    name: Mapped[str]\n    grade = mapped_column(String)\n"
        "Table('visit', Column('trip', String))\n"
    )

    assert list(fields_in_python(code)) == [
        ("PartyRow", ""),
        ("name", "PartyRow"),
        ("grade", "PartyRow"),
    ]
    assert set(columns_in_python(code)) == {("visit", ""), ("trip", "")}
    assert ("score", "person") in list(keys_in_toml({"person": [{"score": 1}]}))
    assert list(names_in_markup('<input name="mood">')) == [("mood", "")]
