"""The change note: what differs between two versions is told in words, and nothing else is."""

from __future__ import annotations

import re

import pytest

from engine.bootstrap import shipped_source, vocabulary
from engine.drafting.changes import Change, changes
from engine.drafting.file_changes import Side, file_changes
from engine.drafting.names import Names
from engine.procedure import Procedure, Source, load
from engine.statute.law import load_law
from tests.office.test_clocks import with_own_limit
from tests.office.test_versions import FORM, with_consultation

LAW = load_law()
WORDS, NAMES = vocabulary(LAW), Names(LAW)
HANDLING = "handling.bpmn"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">
<decision id="measure" name="measure"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="e"><text>category</text></inputExpression></input>
<output id="o" name="measured" typeRef="boolean"/>
<rule id="r1">
<inputEntry id="a1"><text>"grievance"</text></inputEntry><outputEntry id="b1"><text>{value}</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def loaded(source: Source) -> Procedure:
    return load(source, WORDS)


def told(before: Source, after: Source) -> list[Change]:
    """What the note says of two versions."""
    was, now = loaded(before), loaded(after)
    before_files, after_files = (Side(one.source.files, one.tables) for one in (was, now))
    return [*changes(was, now, NAMES), *file_changes(before_files, after_files, NAMES)]


def said(before: Source, after: Source) -> list[tuple[str, str]]:
    return [(one.how, one.words.zh) for one in told(before, after)]


def edited(source: Source, *turns: tuple[str, str], file: str = HANDLING) -> Source:
    """*source* with words of one file replaced by others."""
    text = source.files[file].decode()
    for old, new in turns:
        assert old in text, old
        text = text.replace(old, new)
    return source.with_files({file: text.encode()})


def test_two_versions_alike_have_no_note() -> None:
    moved = edited(shipped_source(), ('<dc:Bounds x="', '<dc:Bounds x="1'))

    assert told(shipped_source(), shipped_source()) == []
    assert told(shipped_source(), moved) == []


def test_steps_ways_and_forms_that_come_and_go_are_told() -> None:
    there = said(shipped_source(), with_consultation())
    back = said(with_consultation(), shipped_source())

    assert ("added", "新增环节“会商”(承办:责任单位经办员,表单:consult)") in there
    assert ("added", '新增流向:“consulted_enough”→“再次会商”,条件 consulted == "no"') in there
    assert ("added", "新增表单“consult”") in there
    assert [how for how, _ in back].count("removed") == 8
    assert ("removed", "删去表单“consult”") in back


@pytest.mark.parametrize(
    ("turns", "how", "words"),
    [
        ([('name="调查核实 (第三十一条第六项)"', 'name="核实"')], "renamed", "环节“调查核实 (第三十一条第六项)”改名为“核实”"),
        ([('petition:organ="organ" petition:role="head"', 'petition:organ="organ" petition:role="clerk"')], "changed",
         "环节“指定承办人 (第二十八条)”的承办由“责任单位负责人”改为“责任单位经办员”"),
    ],
)  # fmt: skip
def test_a_change_of_an_element_is_told_with_what_it_was(
    turns: list[tuple[str, str]], how: str, words: str
) -> None:
    if how == "changed":
        was, now = loaded(shipped_source()), shipped_source()
        turned = edited(now, ('name="指定承办人 (第二十八条)" petition:act="appoint"',
                              'name="指定承办人 (第二十八条)" petition:form="consult" petition:role="clerk"')).with_files(
            {"forms/consult.toml": FORM})  # fmt: skip
        found = [(one.how, one.words.zh) for one in changes(was, loaded(turned), NAMES)]
    else:
        found = said(shipped_source(), edited(shipped_source(), *turns))

    assert (how, words) in found


def test_a_step_moved_to_another_lane_is_told_with_both() -> None:
    ref = "        <bpmn:flowNodeRef>consult</bpmn:flowNodeRef>\n"
    lane = "<bpmn:flowNodeRef>handling_start</bpmn:flowNodeRef>"
    other = "<bpmn:flowNodeRef>hear_petitioner</bpmn:flowNodeRef>"
    before = edited(with_consultation(), (lane, lane + ref))
    after = edited(with_consultation(), (other, other + ref))

    assert said(before, after) == [
        ("moved", "环节“会商”的泳道由“有权处理机关(负责人)”改为“有权处理机关(经办人)”")
    ]


def test_an_internal_limit_is_told_from_what_to_what() -> None:
    found = said(with_own_limit("5 days"), with_own_limit("3 working_days"))

    assert [how for how, _ in found] == ["changed"]
    assert "内部期限由“5日”改为“3个工作日”" in found[0][1]


def test_a_clock_that_listens_to_another_limit_is_told() -> None:
    source = shipped_source()
    file = next(name for name, data in source.files.items() if b'petition:clock="T5"' in data)
    text = source.files[file].decode().replace('petition:clock="T5"', 'petition:clock="T3"', 1)
    found = said(source, source.with_files({file: text.encode()}))

    assert [one for one in found if "T5" in one[1] and "T3" in one[1] and one[0] == "changed"]


def test_a_way_that_leads_elsewhere_or_on_another_condition_is_told() -> None:
    source = with_consultation()
    turned = edited(source, ('sourceRef="consult_again" targetRef="issue_opinion"',
                             'sourceRef="consult_again" targetRef="consulted_enough"'))  # fmt: skip
    asked = edited(source, ('consulted == "no"', 'consulted != "yes"'))

    assert said(source, turned) == [
        ("moved", "流向“再次会商”→“出具处理意见书 (第三十二条)”改为“再次会商”→“consulted_enough”")
    ]
    assert said(source, asked) == [
        (
            "changed",
            '流向“consulted_enough”→“再次会商”的条件由 consulted == "no" 改为 consulted != "yes"',
        )
    ]


def test_fields_of_forms_are_told_one_by_one() -> None:
    source = with_consultation()
    form = FORM.decode()
    form = form.replace('kind = "long_text"', 'kind = "long_text"\nrequired = false').replace(
        'zh = "不一致"', 'zh = "有分歧"'
    )
    form += '\n[[field]]\nname = "held_on"\nlabel = { zh = "会商日期", en = "Held on" }\nkind = "date"\n'
    after = source.with_files({"forms/consult.toml": form.encode()})

    assert said(source, after) == [
        ("changed", "字段“会商结论”的选项由“一致、不一致”改为“一致、有分歧”"),
        ("changed", "字段“会商记录”的必填由“是”改为“否”"),
        ("added", "新增字段“会商日期”(日期)"),
    ]


def test_rows_of_tables_and_parts_of_templates_are_told() -> None:
    one, two = (
        shipped_source().with_files({"tables/measure.dmn": TABLE.format(value=value).encode()})
        for value in ("true", "false")
    )
    assert said(shipped_source(), one) == [("added", "新增决策表“measure”")]
    assert said(one, two) == [
        (
            "changed",
            "一行由“category = grievance → measured = true”改为“category = grievance → measured = false”",
        ),
    ]
    cases = '[[case]]\nname = "申诉"\ngiven = { category = "grievance" }\nexpect = { measured = true }\n'
    tried = one.with_files({"tables/measure.toml": cases.encode()})
    assert said(one, tried) == [("added", "新增决策表案例“measure”")]
    other = one.with_files({"tables/measure.toml": cases.replace("申诉", "求决").encode()})
    assert said(tried, other) == [
        ("added", "新增案例“求决”(category = grievance)"),
        ("removed", "删去案例“申诉”(category = grievance)"),
    ]


def test_pieces_of_templates_are_told_as_people_read_them() -> None:
    receipt = "documents/receipt.html"
    rights = "任何组织和个人不得打击报复信访人（《信访工作条例》第十八条）。"
    lines = shipped_source().files[receipt].decode().splitlines()
    (at,) = (place for place, line in enumerate(lines) if rights in line)
    added = "\n".join([*lines[: at + 1], "<p>编号{{ petition }}请妥善保存。</p>", *lines[at + 1 :]])
    changed = "\n".join(lines).replace("任何组织和个人", "任何单位和个人")
    moved = "\n".join([*lines[:2], lines[at], *lines[2:at], *lines[at + 1 :]])

    assert [said(shipped_source(), shipped_source().with_files({receipt: text.encode()})) for text in (added, changed, moved)] == [
        [("added", "新增一段:“编号【信访件编号】请妥善保存。”")],
        [("changed", f"一段由“{rights}”改为“{rights.replace('组织', '单位')}”")],
        [("moved", f"一段移动了位置:“{rights}”")],
    ]  # fmt: skip
    style = shipped_source().with_files({"documents/document.css": b""})
    assert said(shipped_source(), style) == [("changed", "文书样式“document”的文字有改动")]


def test_the_note_is_english_too() -> None:
    for one in told(with_own_limit("5 days"), with_own_limit("3 working_days")):
        assert "from “5 days” to “3 working days”" in one.words.en
    names = re.compile(r"“[^”]*”")
    for one in told(shipped_source(), with_consultation()):
        assert not CHINESE.search(names.sub("", one.words.en).split("(")[0]), one.words.en
