"""What many plans have in common: the part of a plan that is counted together with that of others."""

from __future__ import annotations

from typing import Any

from engine.office.crossing import LimitChange, Plan


def gist_of(plan: Plan) -> dict[str, Any]:
    """What would become of the file, without numbers and days."""
    return {
        "steps": sorted({(one.before or "", one.after or "", one.name) for one in plan.steps}),
        "hindrances": [
            {"element": one.element, "name": one.name, "zh": one.why.zh, "en": one.why.en}
            for one in plan.hindrances
        ],
        "limits": sorted({(one.name, _change(one)) for one in plan.limits if _change(one)}),
        "listeners": sorted(
            {(one.word, "in_vain" if one.passed else "begins" if one.begins else "ends")
             for one in plan.listeners}
        ),
        "handed_back": any(one.handed_back for one in plan.steps),
    }  # fmt: skip


def _change(one: LimitChange) -> str:
    if one.postponed:
        return "postponed"
    if one.before is None:
        return "begins"
    if one.after is None:
        return "ends"
    return "" if one.before == one.after else "changes"
