"""The sentence for each rule of law that a drawing can break: what was found, and what to do. In both languages."""

from __future__ import annotations

from typing import Final

from engine.text import Text

SAYINGS: Final[dict[str, Text]] = {
    "refused_step": Text(
        "图在这里要求「{act}」,而此时法规不允许({clause}):{why}。请改动流程,使这一步只在法规允许时打开",
        "the drawing asks for “{act}” here, and the statute does not allow it now ({clause}): {why}. "
        "Let this step open only where it does",
    ),
    "duty_without_clock": Text(
        "「{limit}」的期限在这里计算,却没有定时器监听({clause});请在开着的环节或者外层子流程上放一个非中断的边界定时器"
        " petition:clock=“{id}”",
        "the limit “{limit}” runs here and no timer listens to it ({clause}): put a non-interrupting boundary timer with "
        "petition:clock={id} on the open step or on a sub-process around it",
    ),
    "clock_without_duty": Text(
        "这里监听「{limit}」,但这个期限在此处从不计算({clause});请把定时器移到期限计算的环节,或者删去",
        "this listens to “{limit}”, which never runs here ({clause}): move the timer to where it runs, or remove it",
    ),
    "clock_takes_away": Text(
        "「{limit}」届满不得终止应当履行的职责({clause});请改为非中断的边界定时器",
        "the passing of “{limit}” ends no duty ({clause}): make the boundary timer non-interrupting",
    ),
    "end_with_duty": Text(
        "流程在这里结束,而「{duty}」尚未完成({clause});请在结束前安排完成它的环节",
        "the drawing ends here while “{duty}” is still owed ({clause}): let the step that does it come before the end",
    ),
    "duty_passed_by": Text(
        "到这里「{duty}」尚未完成,而此后再没有完成它的环节({clause});请在这之前或者之后安排这一环节",
        "“{duty}” is still owed here, and no step ahead does it ({clause}): let the step that does it come before or after",
    ),
    "power_not_offered": Text(
        "「{limit}」的权利在这里仍然存续,图中却没有行使它的环节({clause});请在期限届满前一直开着「{act}」",
        "the right to “{limit}” is alive here and no step offers it ({clause}): keep “{act}” open until it lapses",
    ),
    "waits_for_ever": Text(
        "流程可能停在这里,再也到不了结束:{where};请给它出路",
        "the drawing can stop here for ever and never come to an end: {where}. Give it a way on",
    ),
    "never_reached": Text(
        "无论怎样办理都到不了这里", "nothing that may lawfully happen ever leads here"
    ),
    "never_called": Text(
        "没有流程调用它,也没有案件由它开始", "no process calls this one, and no file begins with it"
    ),
    "document_not_issued": Text(
        "「{act}」并不制发这里写明的文书「{document}」({clause});请改正 petition:document,或者换用制发它的行为",
        "“{act}” does not issue the document “{document}” that this step names ({clause}): correct petition:document, "
        "or use the act that does",
    ),
    "part_may_be_missing": Text(
        "「{document}」必须载明「{part}」({clause}),模板却可能不印;请把它放在无条件的位置",
        "“{document}” must state “{part}” ({clause}), and the template may leave it out: put it where no condition stands",
    ),
    "no_template": Text(
        "没有「{document}」的模板({clause});请恢复 documents 中的文件",
        "there is no template for “{document}” ({clause}): put the file in documents back",
    ),
    "limit_may_outlast": Text(
        "内部期限{limit}可能长于「{law}」({clause}),运行时将按法定期限截断;请改短",
        "the internal limit of {limit} may be longer than “{law}” ({clause}); it is cut at run time: shorten it",
    ),
    "forbidden_wording": Text("“{text}”:{why}", "“{text}”: {why}"),
    "too_large_to_decide": Text(
        "这张图的状态超过{most}个,无法在合理时间内判定是否合法;请把并行的支路改为先后,或者去掉不汇合的支路和循环",
        "this drawing has more than {most} states, too many to decide whether it is lawful: put parallel branches one after "
        "another, or take out branches and loops that are never joined",
    ),
    "no_beginning": Text(
        "没有由登记或者督办立案开始的流程,无法判定是否合法",
        "no process begins with a registration or with the opening of a supervision, so nothing can be decided",
    ),
}  # fmt: skip

WARNINGS: Final = frozenset({"never_reached", "never_called", "limit_may_outlast"})
"""The rules whose breach breaks no law."""

WIDE: Final = frozenset({"duty_without_clock", "duty_passed_by", "power_not_offered"})
"""The rules that are told once for a whole sub-process: what is missing at one step is missing at its neighbours too."""


def cited(article: str) -> Text:
    """The article *article* (``23(3)``) as people cite it; what is not of this regulation stands as it is."""
    return (
        Text(f"第{article}条", f"Art. {article}")
        if article[:1].isdigit()
        else Text(article, article)
    )
