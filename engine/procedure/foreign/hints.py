"""Whose namespace is whose, and what the words of other products come to here. A table: data, no rule."""

from __future__ import annotations

from typing import Final

from engine.text import Text

PRODUCTS: Final[tuple[tuple[str, str], ...]] = (
    ("camunda.org/schema/1.0/bpmn", "Camunda 7"),
    ("camunda.org/schema/zeebe", "Camunda 8"),
    ("camunda.org/schema/modeler", "Camunda Modeler"),
    ("operaton.org", "Operaton"),
    ("flowable.org", "Flowable"),
    ("activiti.org", "Activiti"),
    ("spiffworkflow.org", "SpiffWorkflow"),
    ("jboss.org/drools", "jBPM"),
    ("signavio.com", "Signavio"),
    ("bizagi.com", "Bizagi"),
    ("bonitasoft", "Bonita"),
    ("trisotech.com", "Trisotech"),
    ("boc-group.com", "ADONIS"),
    ("softwareag.com", "ARIS"),
    ("bpsim.org", "BPSim"),
)
"""A part of the namespace, and the product."""

_WHO: Final = Text(
    "由谁办理:在泳道或步骤上选机关和角色",
    "who works on it: choose organ and role on the lane or the step",
)
_FORM: Final = Text(
    "表单:写成 forms/ 里的表单,再在步骤上选它",
    "a form: write it into forms/ and choose it on the step",
)
_DUE: Final = Text(
    "期限:在边界定时事件上写内部期限或法定期限",
    "a limit: put a timer on the border, with an internal limit or one of the law",
)
_CODE: Final = Text(
    "会执行程序:改为用户任务或决策表", "runs a program: make it a user task or a decision table"
)
_LISTENS: Final = Text(
    "监听器会执行程序:去掉;要做的事另画一步",
    "a listener runs a program: take it out; draw what has to be done as a step",
)
_TABLE: Final = Text(
    "决策表:放进 tables/,再在业务规则任务上选它",
    "a decision table: put it into tables/ and choose it on the business rule task",
)
_DATA: Final = Text(
    "数据传递:事实属于信访事项,不在步骤之间传",
    "passing of data: facts belong to the petition and are not passed between steps",
)
_CALL: Final = Text("被调用的流程:选它的图", "a called process: choose its diagram")
_HELP: Final = Text(
    "给办理人的说明:写成元素的说明", "words for whoever works on it: write them as documentation"
)

HINTS: Final[dict[str, Text]] = {
    **dict.fromkeys(
        ("candidateGroups", "candidateUsers", "assignee", "owner", "assignmentDefinition", "lane", "potentialStarters",
         "candidateStarterGroups", "candidateStarterUsers", "priorityDefinition"),
        _WHO,
    ),
    **dict.fromkeys(
        ("formKey", "formRef", "formRefBinding", "formData", "formDefinition", "formProperty", "userTaskForm", "properties",
         "formJsonSchemaFilename", "userTask", "initiator"),
        _FORM,
    ),
    **dict.fromkeys(("dueDate", "followUpDate", "businessCalendarName", "taskSchedule"), _DUE),
    **dict.fromkeys(
        ("class", "expression", "delegateExpression", "type", "topic", "resource", "connector", "taskDefinition", "preScript",
         "postScript", "script", "serviceTaskOperator", "scriptFormat", "field"),
        _CODE,
    ),
    **dict.fromkeys(
        ("executionListener", "taskListener", "executionListeners", "taskListeners", "eventListener"), _LISTENS
    ),
    **dict.fromkeys(("decisionRef", "calledDecision", "calledDecisionId", "decisionRefBinding"), _TABLE),
    **dict.fromkeys(("inputOutput", "ioMapping", "resultVariable", "in", "out", "variables", "mapDecisionResult"), _DATA),
    **dict.fromkeys(("calledElement", "calledElementBinding"), _CALL),
    **dict.fromkeys(("instructionsForEndUser",), _HELP),
}  # fmt: skip
"""By the name of the attribute or extension."""
