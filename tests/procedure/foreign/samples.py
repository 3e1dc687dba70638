"""Files as other modelers write them, and files that are none: name → content. Written for these tests, copied from nowhere."""

from __future__ import annotations

import json

from tests.procedure.foreign.writing import chain, document, drawn, extension, process, straight

_LISTENER = '<{v}:executionListener class="demo.Listener" event="start" />'
_GATEWAY = (
    '<b:startEvent id="g_start" /><b:exclusiveGateway id="g_way" name="是否属实" default="g_no" />'
    '<b:userTask id="g_check" name="核实" /><b:endEvent id="g_end" />'
    '<b:sequenceFlow id="g_in" sourceRef="g_start" targetRef="g_way" />'
    '<b:sequenceFlow id="g_yes" sourceRef="g_way" targetRef="g_check">'
    '<b:conditionExpression xsi:type="b:tFormalExpression">{condition}</b:conditionExpression></b:sequenceFlow>'
    '<b:sequenceFlow id="g_no" sourceRef="g_way" targetRef="g_end" />'
    '<b:sequenceFlow id="g_back" sourceRef="g_check" targetRef="g_way" />'
)


def _user(vendor: str) -> str:
    return document(
        process(
            f"{vendor}_demo",
            straight(
                "u",
                (
                    f'userTask {vendor}:assignee="demo" {vendor}:candidateGroups="clerks" {vendor}:formKey="visit" {vendor}:dueDate="2026-03-10"',
                    "visit",
                    extension(
                        f'<{vendor}:formData><{vendor}:formField id="result" type="string" label="结果" /></{vendor}:formData>'
                    ),
                ),
            ),
        ),
        vendors=[vendor],
    )


def _service(vendor: str) -> str:
    return document(
        process(
            f"{vendor}_service",
            straight(
                "s",
                (
                    f'serviceTask {vendor}:class="demo.Send"',
                    "send",
                    extension(_LISTENER.format(v=vendor)),
                ),
                (
                    f'serviceTask {vendor}:expression="${{send.all()}}" {vendor}:resultVariable="sent"',
                    "again",
                    "",
                ),
                ('scriptTask scriptFormat="groovy"', "count", "<b:script>total = a + b</b:script>"),
            ),
        ),
        vendors=[vendor],
    )


def _boundary() -> str:
    return document(
        process(
            "boundary_demo",
            straight("t", ("userTask", "work", ""))
            + '<b:boundaryEvent id="t_late" attachedToRef="t_work" cancelActivity="false"><b:timerEventDefinition id="t_def">'
            '<b:timeDuration xsi:type="b:tFormalExpression">P5D</b:timeDuration></b:timerEventDefinition></b:boundaryEvent>'
            '<b:boundaryEvent id="t_fault" attachedToRef="t_work"><b:errorEventDefinition id="t_error" errorRef="demo_error" />'
            "</b:boundaryEvent>" + '<b:endEvent id="t_reminded" /><b:endEvent id="t_failed" />'
            '<b:sequenceFlow id="t_1" sourceRef="t_late" targetRef="t_reminded" />'
            '<b:sequenceFlow id="t_2" sourceRef="t_fault" targetRef="t_failed" />',
        )
        + '<b:error id="demo_error" errorCode="demo" />'
    )


_POOLS = (
    '<b:collaboration id="talk"><b:participant id="pool_a" name="信访部门" processRef="asks" />'
    '<b:participant id="pool_b" name="承办单位" processRef="answers" /><b:participant id="pool_c" name="信访人" />'
    '<b:messageFlow id="m_1" name="转办" sourceRef="a_send" targetRef="b_start" />'
    '<b:messageFlow id="m_2" name="答复" sourceRef="b_reply" targetRef="pool_c" />'
    '<b:messageFlow id="m_3" sourceRef="b_end" targetRef="a_wait" /></b:collaboration>'
    + process("asks", straight("a", ("sendTask", "send", ""), ("receiveTask", "wait", "")))
    + process("answers", straight("b", ("userTask", "reply", "")))
)
_POOLS_DRAWN = drawn(
    "talk",
    {
        "pool_a": (120, 80, 800, 180), "pool_b": (120, 320, 800, 180), "pool_c": (120, 560, 800, 60),
        "a_start": (200, 150, 36, 36), "a_send": (300, 128, 100, 80), "a_wait": (480, 128, 100, 80), "a_end": (700, 150, 36, 36),
        "b_start": (330, 390, 36, 36), "b_reply": (480, 368, 100, 80), "b_end": (700, 390, 36, 36),
    },
    {
        "a_start_a_send": "236,168 300,168", "a_send_a_wait": "400,168 480,168", "a_wait_a_end": "580,168 700,168",
        "b_start_b_reply": "366,408 480,408", "b_reply_b_end": "580,408 700,408", "m_1": "348,208 348,390",
        "m_2": "530,448 530,560", "m_3": "718,390 718,300 530,300 530,208",
    },
)  # fmt: skip
_LANES = process(
    "lanes_demo",
    '<b:laneSet id="set"><b:lane id="desk" name="窗口"><b:flowNodeRef>l_start</b:flowNodeRef><b:flowNodeRef>l_take</b:flowNodeRef></b:lane>'
    '<b:lane id="unit" name="承办"><b:childLaneSet id="inner"><b:lane id="clerk" name="经办"><b:flowNodeRef>l_work</b:flowNodeRef></b:lane>'
    '<b:lane id="head" name="负责人"><b:flowNodeRef>l_sign</b:flowNodeRef><b:flowNodeRef>l_end</b:flowNodeRef></b:lane></b:childLaneSet></b:lane>'
    '<b:lane id="empty" name="监督" /></b:laneSet>'
    + straight("l", ("userTask", "take", ""), ("userTask", "work", ""), ("userTask", "sign", "")),
)
_SUB = (
    '<b:startEvent id="n_start" /><b:subProcess id="n_sub" name="办理">'
    + straight("i", ("userTask", "one", ""), ("userTask", "two", ""))
    + '</b:subProcess><b:subProcess id="n_event" triggeredByEvent="true"><b:startEvent id="e_start" isInterrupting="false">'
    '<b:messageEventDefinition id="e_def" messageRef="demo_message" /></b:startEvent><b:endEvent id="e_end" />'
    '<b:sequenceFlow id="e_flow" sourceRef="e_start" targetRef="e_end" /></b:subProcess>'
    '<b:callActivity id="n_call" name="送达" calledElement="service"><b:multiInstanceLoopCharacteristics isSequential="true" /></b:callActivity>'
    '<b:endEvent id="n_end" /><b:sequenceFlow id="n_1" sourceRef="n_start" targetRef="n_sub" />'
    '<b:sequenceFlow id="n_2" sourceRef="n_sub" targetRef="n_call" /><b:sequenceFlow id="n_3" sourceRef="n_call" targetRef="n_end" />'
    '<b:textAnnotation id="n_note"><b:text>先告知再办理</b:text></b:textAnnotation>'
    '<b:association id="n_to" sourceRef="n_sub" targetRef="n_note" /><b:dataObject id="n_data" />'
    '<b:dataObjectReference id="n_letter" name="来信" dataObjectRef="n_data" /><b:dataStoreReference id="n_store" name="台账" />'
)
_WHOLE = drawn(
    "plain", {"p_start": (100, 100, 36, 36), "p_work": (200, 78, 100, 80), "p_end": (360, 100, 36, 36)},
    {"p_start_p_work": "136,118 200,118", "p_work_p_end": "300,118 360,118"},
)  # fmt: skip
_PLAIN = process("plain", straight("p", ("userTask", "work", "")))

OPENED: dict[str, str | bytes] = {
    "camunda 7 user task": _user("camunda"),
    "camunda 7 service and script": _service("camunda"),
    "camunda 7 external task": document(
        process(
            "external",
            straight("x", (
                'serviceTask camunda:type="external" camunda:topic="letters"', "letters",
                extension('<camunda:inputOutput><camunda:inputParameter name="a">${b}</camunda:inputParameter>'
                          '<camunda:outputParameter name="c"><camunda:script scriptFormat="js">1</camunda:script>'
                          "</camunda:outputParameter></camunda:inputOutput>"),
            )),
        )
        + _WHOLE.replace('"plain"', '"external"'),
        vendors=["camunda", "modeler"], attributes='modeler:executionPlatform="Camunda Platform" modeler:executionPlatformVersion="7.20.0"',
    ),
    "camunda 8": document(
        process(
            "eight",
            straight(
                "z",
                ("userTask", "visit", extension('<zeebe:userTask /><zeebe:assignmentDefinition assignee="=demo" candidateGroups="clerks" />'
                                                '<zeebe:formDefinition formId="visit" />')),
                ("serviceTask", "send", extension('<zeebe:taskDefinition type="send" retries="3" /><zeebe:ioMapping>'
                                                  '<zeebe:input source="=a" target="b" /></zeebe:ioMapping>')),
                ("callActivity", "serve", extension('<zeebe:calledElement processId="service" propagateAllChildVariables="false" />')),
                ("businessRuleTask", "decide", extension('<zeebe:calledDecision decisionId="measure" resultVariable="route" />')),
            ),
        ),
        vendors=["zeebe", "modeler"], attributes='modeler:executionPlatform="Camunda Cloud"',
    ),
    "flowable user task": _user("flowable"),
    "flowable service": _service("flowable"),
    "activiti": document(
        process("demoProcess", straight("v", ('userTask activiti:candidateUsers="demo"', "check", extension(
            '<activiti:taskListener event="create" delegateExpression="${demo}" />'
            '<activiti:formProperty id="agree" name="同意" type="boolean" />')))),
        prefix="", vendors=["activiti"], attributes='typeLanguage="http://www.w3.org/2001/XMLSchema"',
    ),
    "spiffarena": document(
        process("Process_demo_1", straight(
            "Activity",
            ("manualTask", "read", extension("<spiffworkflow:instructionsForEndUser># 请阅读\n\n- 一\n- 二</spiffworkflow:instructionsForEndUser>")),
            ("userTask", "fill", extension('<spiffworkflow:properties><spiffworkflow:property name="formJsonSchemaFilename" value="visit.json" />'
                                           "</spiffworkflow:properties><spiffworkflow:preScript>a = 1</spiffworkflow:preScript>")),
            ("serviceTask", "call", extension('<spiffworkflow:serviceTaskOperator id="http/Get" resultVariable="answer"><spiffworkflow:parameters>'
                                              '<spiffworkflow:parameter id="url" type="str" value="&quot;x&quot;" /></spiffworkflow:parameters>'
                                              "</spiffworkflow:serviceTaskOperator>")),
            ("businessRuleTask", "rule", extension("<spiffworkflow:calledDecisionId>measure</spiffworkflow:calledDecisionId>")),
        )),
        vendors=["spiffworkflow"],
    ),
    "jbpm": document(
        '<b:itemDefinition id="_text" structureRef="String" />' + process("demo.jbpm.letters", '<b:property id="text" itemSubjectRef="_text" />'
        + straight("j", ('scriptTask scriptFormat="http://www.java.com/java"', "log", "<b:script>System.out.println();</b:script>")),
        'drools:packageName="demo" drools:adHoc="false"'),
        prefix="bpmn2", vendors=["drools"],
    ),
    "signavio": document(
        process("sid-8f3c", straight("sid-1", ("task", "work", extension('<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc" />')))),
        prefix="", vendors=["signavio"],
    ),
    "unknown product outside its place": document(
        process("outside", straight("o", ("userTask", "work", '<own:colour value="red"><own:inner>深</own:inner></own:colour>'))
                + "<own:board>看板</own:board>"),
        vendors=["own"],
    ),
    "plain, drawn": document(_PLAIN + _WHOLE),
    "plain, not drawn": document(_PLAIN, prefix="semantic"),
    "pools and message flows": document(_POOLS + _POOLS_DRAWN),
    "pools, not drawn": document(_POOLS),
    "several processes without pools": document(
        _PLAIN + process("second", straight("q", ("userTask", "work", ""))) + _WHOLE
        + drawn("second", {"q_start": (0, 0, 36, 36), "q_work": (90, 0, 100, 80), "q_end": (240, 0, 36, 36)}, {}, "second_d")
    ),
    "a pool whose process is empty": document(
        '<b:collaboration id="c"><b:participant id="pa" processRef="plain" /><b:participant id="pb" name="外部" processRef="nothing" />'
        '<b:messageFlow id="m" sourceRef="p_work" targetRef="pb" /></b:collaboration><b:process id="nothing" />' + _PLAIN
    ),
    "nothing in it yet": document('<b:process id="blank" isExecutable="true" />'),
    "lanes in lanes, not drawn": document(_LANES),
    "lanes in a pool, not drawn": document('<b:collaboration id="c"><b:participant id="pool" name="机关" processRef="lanes_demo" /></b:collaboration>' + _LANES),
    "sub-processes, notes and data": document(process("nested", _SUB) + '<b:message id="demo_message" name="来信" />'),
    "boundary events": _boundary(),
    "loops and conditions": document(process("loops", _GATEWAY.format(condition="${amount &gt; 10}"))),
    "events that are not ours": document(process("events", chain(
        ("startEvent", "k_start", '<b:signalEventDefinition id="k_1" signalRef="k_sig" />'),
        ("intermediateThrowEvent", "k_throw", '<b:escalationEventDefinition id="k_2" />'),
        ("intermediateCatchEvent", "k_link", '<b:linkEventDefinition id="k_3" name="那里" />'),
        ("complexGateway", "k_complex", ""), ("endEvent", "k_end", '<b:compensateEventDefinition id="k_4" />'),
    )) + '<b:signal id="k_sig" name="信号" />'),
    "transaction and ad hoc": document(process("odd", straight(
        "w", ("transaction", "both", straight("w2", ("task", "one", ""))), ("adHocSubProcess", "any", '<b:task id="w_free" /><b:completionCondition>false</b:completionCondition>')))),
    "half drawn": document(_PLAIN + drawn("plain", {"p_start": (100, 100, 36, 36), "p_work": (200, 78, 100, 80)}, {"p_start_p_work": "136,118 200,118"})),
    "a broken layout": document(_PLAIN + drawn(
        "nowhere", {"p_start": (100, 100, 36, 36), "p_work": (200, float("nan"), 100, 80), "p_end": (360, 100, 0, 36), "gone": (1, 1, 1, 1)},
        {"p_start_p_work": "136,118", "p_work_p_end": "1e99,1 2,2"})),
    "two layouts": document(_PLAIN + drawn("plain", {"p_start": (1, 1, 36, 36)}, {}, "first") + _WHOLE),
    "ids that cannot stay": document(process("demo.order.v1", chain(
        ("startEvent", "Start", ""), ("userTask", "1f9a-guid", ""), ("userTask", "{B-2}", ""), ("userTask", "a b", ""), ("endEvent", "End", "")))),
    "no ids at all": document('<b:process name="无号"><b:startEvent /><b:userTask name="办理" /><b:endEvent /></b:process>'),
    "the same id twice": document(process("twice", chain(("startEvent", "d_1", ""), ("userTask", "d_2", ""), ("endEvent", "d_3", ""))
                                          + '<b:userTask id="d_2" name="又一个" />')),
    "qualified references": document(
        process("qualified", '<b:startEvent id="r_1" /><b:endEvent id="r_2" /><b:sequenceFlow id="r_3" sourceRef="tns:r_1" targetRef="tns:r_2" />'),
        attributes='xmlns:tns="http://demonstration.invalid/bpmn"'),
    "formatted words and comments": document(
        "<!-- 由演示工具导出 --><?demo tool?>" + process("formatted", '<b:documentation>见<html xmlns="http://www.w3.org/1999/xhtml"><b>说明</b></html></b:documentation>'
                                                 + straight("f", ("userTask", "work", "<b:documentation><![CDATA[a < b & c]]></b:documentation>")))),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + document(_PLAIN).encode(),
    "UTF-16": document(_PLAIN, declared="UTF-16").encode("utf-16"),
    "UTF-16 big-endian without a mark": document(_PLAIN, declared="UTF-16").encode("utf-16-be"),
    "UTF-16 declared, UTF-8 written": document(_PLAIN, declared="utf-16"),
    "GB18030": document(_PLAIN, declared="GB18030").encode("gb18030"),
    "GBK": document(_PLAIN, declared="gbk").encode("gbk"),
    "Big5": document(_PLAIN.replace("演示流程", "流程"), declared="Big5").encode("big5"),
    "Latin-1": document(_PLAIN.replace("演示流程", "Bürgeranliegen"), declared="ISO-8859-1").encode("latin-1"),
    "blank lines before the declaration": "\n\n  " + document(_PLAIN),
    "many steps": document(process("many", straight("y", *(("userTask", f"step{n}", "") for n in range(300))))),
}  # fmt: skip
"""What opens in the modeler."""

REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "the file is empty"),
    "JSON of a modeler": (json.dumps({"stencilset": {"namespace": "bpmn2.0"}}), "found JSON"),
    "an archive": (b"PK\x03\x04demo", "an archive or an Office file"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "a PDF": (b"%PDF-1.7", "a PDF file"),
    "a letter": ("您好,附上流程图。", "plain text"),
    "a web page": ("<!DOCTYPE html><html><body>流程</body></html>", "a web page"),
    "a DMN table": ('<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" />', "a DMN table"),
    "XPDL": ('<Package xmlns="http://www.wfmc.org/2009/XPDL2.2" />', "found XPDL"),
    "an old draft of BPMN": ('<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0" />', "a draft of BPMN 2.0"),
    "no namespace": ("<definitions><process id='p' /></definitions>", "the namespace of definitions should be"),
    "a choreography": (document('<b:choreography id="c" />'), "found a choreography"),
    "nothing drawn": (document(""), "found nothing drawn"),
    "pools alone": (document('<b:collaboration id="c"><b:participant id="p" /></b:collaboration>'), "pools without content"),
    "cut off": (document(_PLAIN)[:600], "the file may be cut off"),
    "UTF-8 declared, GBK written": (document(_PLAIN).encode("gbk"), "is declared as UTF-8"),
    "UTF-7": (document(_PLAIN, declared="UTF-7"), "utf-7, which is not known"),
    "an entity": (document(_PLAIN).replace("<bpmn:def", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><bpmn:def', 1), "DOCTYPE"),
    "an entity in UTF-16": (document(_PLAIN).replace("<bpmn:def", "<!DOCTYPE x [<!ENTITY e 'e'>]><bpmn:def", 1).encode("utf-16"), "DOCTYPE"),
    "too large": (document(_PLAIN) + " " * 2_000_001, "larger than 2 MB"),
    "too deep": (document(process("deep", "<b:subProcess>" * 90 + "</b:subProcess>" * 90)), "nested too deeply"),
    "too many elements": (document(process("full", "<b:task />" * 55_000)), "too many elements"),
    "too many processes": (document("".join(process(f"p{n}", straight(f"s{n}", ("task", "t", ""))) for n in range(60))), "60 processes"),
}  # fmt: skip
"""What is refused, and a part of the sentence."""


def octets(content: str | bytes) -> bytes:
    """A sample as it is sent."""
    return content if isinstance(content, bytes) else content.encode()
