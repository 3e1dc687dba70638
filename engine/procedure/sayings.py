"""The sentence for every rule a drawing can break: what was found, and what to do. In both languages."""

from __future__ import annotations

from typing import Final

from engine.text import Text

SAYINGS: Final[dict[str, Text]] = {
    # the file
    "xml_size": Text("文件超过2兆字节", "the file is larger than 2 MB"),
    "xml_encoding": Text("文件须为 UTF-8 编码", "the file must be encoded in UTF-8"),
    "xml_doctype": Text("文件中不得有 DOCTYPE 或实体", "a DOCTYPE or an entity is not allowed in the file"),
    "xml_broken": Text("不是完好的 XML:{why}", "this is not well-formed XML: {why}"),
    "xml_depth": Text("元素嵌套过深", "the elements are nested too deeply"),
    "xml_elements": Text("元素过多", "the file holds too many elements"),
    "not_bpmn": Text("文件的根不是 BPMN 2.0 的 definitions", "the root of the file is not definitions of BPMN 2.0"),
    "no_process": Text("文件中没有流程", "the file holds no process"),
    "not_toml": Text("表单不可读:{why}", "the form cannot be read: {why}"),
    "form_id": Text("表单的 id 应为“{expected}”,与文件名相同", "the id of the form must be {expected}, as the file is named"),
    "fact_taken": Text(
        "事实“{name}”已由法规或别处设定,请换一个名字",
        "the fact {name} is already set by the statute or elsewhere: choose another name",
    ),
    "template": Text("文书模板不可用:{why}", "the template of a document is unusable: {why}"),
    # ids and references
    "no_id": Text("{tag} 没有 id", "a {tag} has no id"),
    "id_form": Text("id“{id}”不合用:须以字母开头,至多100字", "the id {id} is unusable: a letter first, at most 100"),
    "id_reserved": Text("id“{id}”为引擎保留,请改名", "the id {id} is reserved by the engine: rename it"),
    "id_twice": Text("id“{id}”在本版本中出现两次", "the id {id} appears twice in this version"),
    "broken_flow": Text(
        "流“{element}”的两端须是同一层中的元素", "both ends of the flow {element} must be elements of the same level"
    ),
    "broken_attachment": Text(
        "边界事件须附在同层的用户任务、子流程或调用活动上",
        "a boundary event must be attached to a user task, sub-process or call activity of the same level",
    ),
    "unknown_call": Text("没有名为“{called}”的流程可调用", "there is no process {called} to call"),
    "broken_default": Text(
        "默认流“{flow}”不是从这里出去的流", "the default flow {flow} does not leave this element"
    ),
    # elements and attributes
    "unknown_element": Text("不支持元素 {tag}", "the element {tag} is not supported"),
    "runs_code": Text(
        "{tag} 会执行代码,图中不得有代码;请用用户任务或决策表",
        "{tag} runs code, which a drawing may not: use a user task or a decision table",
    ),
    "plain_task": Text("请把 {tag} 改为用户任务", "turn the {tag} into a user task"),
    "loop_marker": Text(
        "不支持循环或多实例标记;请用网关画出循环", "loop and multi-instance markers are not supported: draw the loop with gateways"
    ),
    "event_kind": Text("不支持事件类型 {tag}", "events of the kind {tag} are not supported"),
    "event_many": Text("一个事件只能有一个定义", "an event may have one definition only"),
    "timer_text": Text(
        "定时器不写时间;请用 petition:clock 或 petition:limit", "a timer states no time: use petition:clock or petition:limit"
    ),
    "unsupported_attribute": Text("不支持属性 {name}=“{value}”", "the attribute {name}={value} is not supported"),
    "unknown_word": Text(
        "{tag} 上没有 petition:{word} 这个词", "petition:{word} is not a word for a {tag}"
    ),
    "foreign_element": Text("此处不得有外来元素 {tag}", "the foreign element {tag} is not allowed here"),
    "foreign_extension": Text(
        "忽略其他产品的扩展:{space}", "extensions of another product are ignored: {space}"
    ),
    # words
    "step_word": Text(
        "用户任务须有 petition:act 或 petition:form 之一,且只有一个",
        "a user task needs either petition:act or petition:form, and not both",
    ),
    "unknown_act": Text("法规中没有名为“{act}”的行为", "the statute has no act {act}"),
    "act_kind": Text(
        "行为“{act}”是{found}类,这里须是{expected}类", "the act {act} is of the kind {found}; here it must be {expected}"
    ),
    "unknown_form": Text("缺少表单 forms/{form}.toml", "the form forms/{form}.toml is missing"),
    "unknown_document": Text("没有名为“{document}”的文书", "there is no document {document}"),
    "no_role": Text("任务或其泳道须写明 petition:role", "the task or its lane must state petition:role"),
    "no_organ": Text("任务或其泳道须写明 petition:organ", "the task or its lane must state petition:organ"),
    "unknown_role": Text("没有“{role}”这个角色", "there is no role {role}"),
    "unknown_organ": Text("没有“{organ}”这个机关位置", "there is no part {organ} for an organ"),
    "act_by": Text(
        "行为“{act}”不能由 {organ} 的 {role} 作出(可以:{allowed})",
        "the act {act} is not for the {role} of the {organ} (allowed: {allowed})",
    ),
    "unknown_stage": Text("没有“{stage}”这个阶段", "there is no stage {stage}"),
    "message_word": Text("消息事件须有 petition:act", "a message event needs petition:act"),
    "timer_word": Text(
        "定时事件须有 petition:clock 或 petition:limit 之一,且只有一个",
        "a timer event needs either petition:clock or petition:limit, and not both",
    ),
    "stray_word": Text("这个事件不能用 petition:{word}", "this event cannot take petition:{word}"),
    "unknown_limit": Text("法规中没有名为“{limit}”的期限", "the statute has no limit {limit}"),
    "limit_form": Text(
        "内部期限应写作“5 days”或“3 working_days”,现为“{found}”",
        "an internal limit is written 5 days or 3 working_days; found {found}",
    ),
    "unknown_table": Text("缺少决策表 tables/{table}.dmn", "the decision table tables/{table}.dmn is missing"),
    "table_word": Text("业务规则任务须有 petition:table", "a business rule task needs petition:table"),
    # structure
    "starts": Text("须有且只有一个开始事件,现有{count}个", "exactly one start event is needed; found {count}"),
    "no_end": Text("须有结束事件", "an end event is needed"),
    "start_trigger": Text(
        "开始事件不得有触发条件(事件子流程除外)", "a start event takes no trigger, except in an event sub-process"
    ),
    "event_sub_process_interrupts": Text(
        "中断式事件子流程不会真正中断;请在外层子流程上放中断边界事件",
        "an interrupting event sub-process does not interrupt: put an interrupting boundary event on an enclosing sub-process",
    ),
    "event_sub_process_start": Text(
        "事件子流程须以消息开始,并写 petition:act", "an event sub-process must start with a message and petition:act"
    ),
    "event_sub_process_flow": Text("事件子流程不得有流连入或连出", "no flow may enter or leave an event sub-process"),
    "message_boundary_once": Text(
        "非中断的消息边界事件只会发生一次;请用事件子流程",
        "a non-interrupting message boundary event would happen once only: use an event sub-process",
    ),
    "boundary_trigger": Text("边界事件须是消息或定时", "a boundary event must be a message or a timer"),
    "catch_trigger": Text("中间捕获事件须是消息或定时", "an intermediate catch event must be a message or a timer"),
    "throw_trigger": Text("中间抛出事件只能是空的里程碑", "an intermediate throw event can only be a plain milestone"),
    "end_trigger": Text("结束事件只能是普通或终止", "an end event can only be plain or terminate"),
    "flow_into": Text("不得有流进入开始事件或边界事件", "no flow may enter a start or boundary event"),
    "flow_out_of_end": Text("不得有流离开结束事件", "no flow may leave an end event"),
    "flow_twice": Text(
        "“{source}”与“{target}”之间有两条流;请并为一条", "two flows lead from {source} to {target}: make them one"
    ),
    "implicit_split": Text(
        "只有网关可以有多条出路;请加网关", "only a gateway may have several ways out: put a gateway"
    ),
    "dead_end": Text("没有出路;请连到下一步或结束事件", "there is no way out: lead on to a step or an end event"),
    "unreachable": Text("从开始事件到不了这里", "this cannot be reached from the start event"),
    "event_gateway": Text(
        "事件网关之后只能是中间捕获事件,且该事件没有别的入口",
        "after an event-based gateway only intermediate catch events may come, with no other way in",
    ),
    "stray_default": Text("只有排他和包容网关可以有默认流", "only exclusive and inclusive gateways may have a default flow"),
    # choices
    "stray_condition": Text(
        "条件只能写在离开排他或包容网关的流上", "a condition may only stand on a flow that leaves an exclusive or inclusive gateway"
    ),
    "no_condition": Text("这条流须有条件,或设为默认流", "this flow needs a condition, or must be the default flow"),
    "default_condition": Text("默认流不得有条件", "the default flow takes no condition"),
    "no_default": Text(
        "各条件可能都不成立;请设默认流", "all conditions may be false: name a default flow"
    ),
    "bad_condition": Text("条件“{condition}”不可用:{why}", "the condition {condition!r} is unusable: {why}"),
    "dead_flow": Text("这条流的条件永远轮不到", "the condition of this flow can never decide"),
    # paths
    "engine_loop": Text(
        "循环中没有等待的一步:{path}", "a loop without a step or an event to wait for: {path}"
    ),
    "recursive_call": Text("流程调用自身:{path}", "a process calls itself: {path}"),
    "too_large": Text(
        "展开后共有{size}个元素,超过{limit}个", "unfolded, this holds {size} elements, more than {limit}"
    ),
    "too_long": Text(
        "连续{size}个元素中没有等待的一步,超过{limit}个",
        "{size} elements follow each other without a step to wait for, more than {limit}",
    ),
    "token_bomb": Text(
        "分出而不汇合的支路会成倍增加;请以并行网关汇合", "branches multiply without being joined: join them with a parallel gateway"
    ),
    "join_waits_for_itself": Text(
        "并行网关“{element}”要等“{source}”,而到“{source}”必先经过它;请在它前面用排他网关汇合",
        "the parallel gateway {element} waits for {source}, which can only be reached through it: "
        "merge with an exclusive gateway before it",
    ),
    # tables
    "table_form": Text("决策表不可用:{why}", "the decision table is unusable: {why}"),
    "table_policy": Text(
        "不支持命中策略 {policy};可用 UNIQUE、FIRST、ANY、PRIORITY",
        "the hit policy {policy} is not supported; UNIQUE, FIRST, ANY, PRIORITY are",
    ),
    "table_cell": Text("第{row}行的单元格“{cell}”不可用:{why}", "row {row}: the cell {cell!r} is unusable: {why}"),
    "table_overlap": Text(
        "第{first}行与第{second}行重叠,不合命中策略 {policy}",
        "rows {first} and {second} overlap, against the hit policy {policy}",
    ),
    "table_gap": Text(
        "有的情形没有任何一行适用({n}组),例如:{case}", "no row covers some cases ({n} groups), for example: {case}"
    ),
    "table_pieces": Text(
        "情形太碎,不能逐一说明有无遗漏;请减少输入或者合并行",
        "the cases fall into too many pieces to say what is not covered: use fewer inputs, or join rows",
    ),
    "cases_form": Text("案例文件不可读:{why}", "the file of cases cannot be read: {why}"),
    "case_fails": Text("案例“{name}”不符:{why}", "the case {name} comes out otherwise: {why}"),
}  # fmt: skip

WARNINGS: Final = frozenset(
    {"foreign_extension", "unreachable", "dead_flow", "table_gap", "table_pieces"}
)
"""The rules whose breach does not keep a drawing from running rightly."""
