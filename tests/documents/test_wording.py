"""No document takes a promise not to petition, and none refuses what is lawfully said."""

from __future__ import annotations

import pytest

from engine.documents.wording import forbidden_wording


@pytest.mark.parametrize(
    "text",
    [
        "本人承诺今后不再上访。",
        "保证不就同一问题继续信访",
        "今后不就此事走访任何机关",
        "自愿放弃申诉的权利",
        "停止一切信访活动",
        "双方签订停访协议",
        "补助以不再信访为前提发放",
        "交纳保证金,如再走访不予退还",
        "信访人由其亲属担保不走访",
        "I will never petition again",
        "The petitioner waives the right to petition.",
        "the parties agree not to appeal",
    ],
)
def test_a_promise_of_silence_is_found_with_its_reason(text: str) -> None:
    found = forbidden_wording(text)

    assert found
    assert "宪法" in found[0].zh or "第三十七条" in found[0].zh
    assert "take it out" in found[0].en


@pytest.mark.parametrize(
    "text",
    [
        "依照第三十六条第三款不再受理该信访事项",
        "对同一信访事项不再受理。",
        "信访人放弃听证,信访机关继续办理。",
        "信访不中断、不延长其他程序的期限。",
        "对本意见不服的,可以自收到之日起请求复查。",
        "开放信息访问渠道",
        "系统暂停访问",
        "公司停止供水期间的信访事项",
        "撤回后可以再次提出信访。",
        "The organ will no longer accept the petition.",
        "",
    ],
)
def test_what_is_lawfully_said_passes(text: str) -> None:
    assert [] == forbidden_wording(text)


def test_a_promise_cannot_hide_behind_spaces() -> None:
    assert forbidden_wording("承诺不再　　上访")
