"""Captions of enumerations: Chinese by default, English by the switch; the terms are those of the glossary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.audit.wording import CLOSINGS
from engine.drafting.changes import ADDED, CHANGED, MOVED, REMOVED, RENAMED
from engine.drafting.names import STAGE_NAMES
from engine.drafting.table_editing import POLICIES
from engine.people.roles import ROLE_NAMES, SLOT_NAMES
from engine.petition.documents import ServiceState
from engine.petition.entries import EntryKind
from engine.petition.parties import Level, OrganKind
from engine.petition.versions import StepKind, VersionState
from engine.text import Text

CAPTIONS: Final[Mapping[str, Mapping[str, Text]]] = {
    "channel": {
        "online": Text("网上", "online"),
        "letter": Text("来信", "letter"),
        "call": Text("来电", "call"),
        "fax": Text("传真", "fax"),
        "visit": Text("来访", "visit"),
    },
    "category": {
        "suggestion": Text("建议意见", "suggestion"),
        "accusation": Text("检举控告", "accusation"),
        "grievance": Text("申诉求决", "grievance"),
    },
    "stage": STAGE_NAMES,
    "closing": CLOSINGS,
    "measure": {
        "reminder": Text("催办", "reminder"),
        "letter": Text("督办", "supervision letter"),
        "improvement": Text("改进建议", "recommendation"),
    },
    "finding": {
        "supported": Text("予以支持", "supported"),
        "explained": Text("解释说明", "explained"),
        "not_supported": Text("不予支持", "not supported"),
    },
    "route": {
        "route_1": Text("三十一条(一)政法机关", "Art. 31(1)"),
        "route_2": Text("三十一条(二)仲裁", "Art. 31(2)"),
        "route_3": Text("三十一条(三)党纪法规途径", "Art. 31(3)"),
        "route_4": Text("三十一条(四)行政程序", "Art. 31(4)"),
        "route_5": Text("三十一条(五)履行法定职责", "Art. 31(5)"),
        "route_6": Text("三十一条(六)信访程序", "Art. 31(6)"),
        "suggestion": Text("建议意见", "suggestion"),
        "accusation": Text("检举控告", "accusation"),
    },
    "competence": {
        "followed": Text("按职权表", "as the table names"),
        "departed": Text("另选单位", "another organ was chosen"),
    },
    "slot": {slot.value: name for slot, name in SLOT_NAMES.items()},
    "register": {
        "petition": Text("信访事项", "petitions"),
        "sealed": Text("限制阅看", "restricted"),
        "supervision": Text("督办件", "supervision"),
    },
    "role": {role.value: name for role, name in ROLE_NAMES.items()},
    "level": {
        Level.STATE.value: Text("中央", "state"),
        Level.PROVINCE.value: Text("省级", "province"),
        Level.CITY.value: Text("市级", "city"),
        Level.COUNTY.value: Text("县级", "county"),
        Level.TOWNSHIP.value: Text("乡镇级", "township"),
    },
    "organ_kind": {
        OrganKind.PETITION_OFFICE.value: Text("信访部门", "petition office"),
        OrganKind.GOVERNMENT.value: Text("人民政府", "government"),
        OrganKind.DEPARTMENT.value: Text("政府部门", "department"),
        OrganKind.PARTY.value: Text("党委机关", "Party organ"),
        OrganKind.CONGRESS.value: Text("人大机关", "people's congress"),
        OrganKind.CONSULTATIVE.value: Text("政协机关", "consultative conference"),
        OrganKind.SUPERVISION.value: Text("纪检监察机关", "discipline and supervision"),
        OrganKind.COURT.value: Text("人民法院", "court"),
        OrganKind.PROCURATORATE.value: Text("人民检察院", "procuratorate"),
        OrganKind.POLITICAL_LEGAL.value: Text("政法机关", "political-legal organ"),
        OrganKind.JOINT_CONFERENCE.value: Text("联席会议", "joint conference"),
        OrganKind.MASS_BODY.value: Text("群团组织", "mass organisation"),
        OrganKind.ENTERPRISE.value: Text("国有企业", "state enterprise"),
        OrganKind.INSTITUTION.value: Text("事业单位", "public institution"),
    },
    "service": {
        ServiceState.NOT_NEEDED.value: Text("无须送达", "no service needed"),
        ServiceState.PENDING.value: Text("待送达", "to be served"),
        ServiceState.DISPATCHED.value: Text("已发出", "dispatched"),
        ServiceState.DELIVERED.value: Text("已送达", "delivered"),
        ServiceState.UNDELIVERED.value: Text("未能送达", "not delivered"),
    },
    "entry_kind": {
        EntryKind.ACT.value: Text("法定行为", "act"),
        EntryKind.FIRING.value: Text("时钟", "clock"),
        EntryKind.FREE_STEP.value: Text("自定环节", "free step"),
        EntryKind.OFFICE.value: Text("内部分工", "who works on it"),
    },
    "day_kind": {
        "work": Text("工作日", "working day"),
        "rest": Text("休息日", "day of rest"),
        "holiday": Text("节假日", "public holiday"),
        "makeup": Text("调休上班", "make-up workday"),
    },
    "tab": {
        "todo": Text("待办", "To do"),
        "mine": Text("我的经办", "Mine"),
        "unclaimed": Text("待认领", "Unclaimed"),
        "forwarded": Text("转出跟踪", "Sent on"),
        "to_serve": Text("待送达", "To be served"),
        "all": Text("本单位在办", "All of my organ"),
        "supervision": Text("督办", "Supervision"),
        "sealed": Text("限制阅看", "Restricted"),
        "closed": Text("已办结", "Concluded"),
    },
    "clock_became": {
        "opened": Text("起算", "started"),
        "met": Text("按期", "met"),
        "late": Text("超期完成", "met late"),
        "passed": Text("届满", "passed"),
        "extended": Text("延长", "extended"),
        "suspended": Text("暂停", "suspended"),
    },
    "element": {
        "startEvent": Text("开始事件", "Start event"),
        "endEvent": Text("结束事件", "End event"),
        "userTask": Text("用户任务", "User task"),
        "businessRuleTask": Text("决策表任务", "Business rule task"),
        "subProcess": Text("子流程", "Sub-process"),
        "callActivity": Text("调用流程", "Call activity"),
        "exclusiveGateway": Text("排他网关", "Exclusive gateway"),
        "parallelGateway": Text("并行网关", "Parallel gateway"),
        "inclusiveGateway": Text("包容网关", "Inclusive gateway"),
        "eventBasedGateway": Text("事件网关", "Event-based gateway"),
        "intermediateCatchEvent": Text("等待事件", "Waiting event"),
        "intermediateThrowEvent": Text("里程碑", "Milestone"),
        "boundaryEvent": Text("边界事件", "Boundary event"),
    },
    "policy": POLICIES,
    "change": {
        "added": Text("新增", "added"),
        "changed": Text("有改动", "changed"),
        "removed": Text("已移除", "removed"),
    },
    "provision": {
        "limit": Text("期限", "limit"),
        "duty": Text("职责", "duty"),
        "document": Text("文书", "document"),
    },
    "fate": {
        "turned": Text("已转换", "converted"),
        "dropped": Text("未保留", "left out"),
        "kept": Text("保留,引擎不看", "kept, ignored"),
        "change": Text("须改", "to be changed"),
    },
    "step_state": {
        "done": Text("✓ 已走过", "✓ done"),
        "open": Text("● 正在等待", "● waiting"),
        "ahead": Text("○ 未到", "○ ahead"),
    },
    "difference": {
        ADDED: Text("新增", "added"),
        REMOVED: Text("删去", "removed"),
        CHANGED: Text("改动", "changed"),
        MOVED: Text("移动", "moved"),
        RENAMED: Text("改名", "renamed"),
    },
    "migration_state": {
        "planning": Text("正在预演", "dry run under way"),
        "planned": Text("等待确认", "waits to be confirmed"),
        "running": Text("正在迁移", "under way"),
        "done": Text("已完成", "done"),
        "withdrawn": Text("已撤回", "withdrawn"),
    },
    "migration_outcome": {
        "kept": Text("环节不变", "steps stay"),
        "moved": Text("环节有变", "steps change"),
        "refused": Text("不能迁移", "cannot go"),
    },
    "migration_result": {
        "carried": Text("已迁移", "carried over"),
        "anew": Text("已迁移(重新预演)", "carried over (planned anew)"),
        "refused": Text("未迁移", "not carried over"),
        "left": Text("无须迁移", "nothing to do"),
        "failed": Text("出错", "failed"),
    },
    "migration_limit": {
        "begins": Text("开始计时", "begins"),
        "ends": Text("不再计时", "ends"),
        "changes": Text("改期", "changes"),
        "postponed": Text("本日届满", "up at the end of this day"),
    },
    "assumed": {
        "petitions": Text("计入的虚构事项", "made-up petitions that count"),
        "seed": Text("随机种子", "seed of chance"),
        "arrivals": Text("每个工作日到来的件数", "arrivals a working day"),
        "opens": Text("几点上班", "opens at"),
        "hours": Text("每日工作小时数", "hours of work a day"),
        "order": Text("先办", "taken up first"),
        "work.median": Text("办理用工 中位", "work, median"),
        "work.ninetieth": Text("办理用工 九成", "work, nine in ten"),
        "wait.median": Text("先等外界 中位", "waits outside, median"),
        "wait.ninetieth": Text("先等外界 九成", "waits outside, nine in ten"),
        "after.median": Text("天后 中位", "days later, median"),
        "after.ninetieth": Text("天后 九成", "days later, nine in ten"),
        "done": Text("会办的比例", "share done"),
        "share": Text("占比", "share"),
    },
    "version_state": {
        VersionState.SUBMITTED.value: Text("待批准", "submitted"),
        VersionState.RETURNED.value: Text("已退回", "sent back"),
        VersionState.APPROVED.value: Text("已批准", "approved"),
        VersionState.SCHEDULED.value: Text("待启用", "scheduled"),
        VersionState.IN_FORCE.value: Text("现行", "in force"),
        VersionState.SUPERSEDED.value: Text("曾用", "superseded"),
        VersionState.RETIRED.value: Text("已停用", "retired"),
    },
    "version_step": {
        StepKind.SHIP.value: Text("随程序提供", "came with the program"),
        StepKind.SUBMIT.value: Text("提交", "submitted"),
        StepKind.SEND_BACK.value: Text("退回", "sent back"),
        StepKind.APPROVE.value: Text("批准", "approved"),
        StepKind.ENACT.value: Text("启用日期定为", "to be in force from"),
        StepKind.REVOKE.value: Text("取消启用", "day withdrawn"),
        StepKind.RETIRE.value: Text("停用", "retired"),
    },
    "light": {
        "overdue": Text("超期", "Overdue"),
        "soon": Text("预警", "Due soon"),
        "ok": Text("正常", "In time"),
    },
}
