"""The yes/no rules of the regulation, in article order. Each answers from plain values and never raises.

Acts ask and refuse; the words of a refusal are theirs. Numbers come in as parameters from the law's data. Where the
text is silent the docstring says so and names our reading (D).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from engine.statute.provisions import Limit


class Finding(StrEnum):
    """The three outcomes of a handling opinion (Art. 32)."""

    SUPPORTED = "supported"
    EXPLAINED = "explained"
    NOT_SUPPORTED = "not_supported"


class Decider(StrEnum):
    """Who decides a dispute over jurisdiction (Art. 24)."""

    COMMON_SUPERIOR = "common_superior"
    JOINT_CONFERENCE = "joint_conference"


class SupervisionOffice(StrEnum):
    """Which office supervises a breach (Arts. 40, 43)."""

    PETITION_OFFICE = "petition_office"
    SUPERIOR_OF_DEBTOR = "superior_of_debtor"


# ---- submitting: Arts. 19–21 ---------------------------------------------------------------------------------------


def must_register() -> bool:
    """Every petition is registered first: barred, anonymous, by too many, at the wrong organ or rude alike.

    Art. 22(1)「应当予以登记」; registering decides nothing about acceptance.
    """
    return True


def must_be_recorded(*, oral: bool) -> bool:
    """An oral petition is written down. Art. 19(1)「对采用口头形式提出的信访事项，有关机关、单位应当如实记录」"""
    return oral


def bars_superior(
    *, receiver_is_superior: bool, same_matter: bool, handling_due: date | None, today: date
) -> bool:
    """A superior declines the same petition while the organ below handles it within its limit.

    Art. 19(3)「信访人在规定期限内向受理、办理机关、单位的上级机关、单位又提出同一信访事项的，上级机关、单位不予受理」.
    Once *handling_due* has passed the bar falls; an organ that is not the superior links the two and bars nothing.
    """
    return (
        receiver_is_superior and same_matter and handling_due is not None and today <= handling_due
    )


def merges_as_repeat(*, same_matter: bool, same_organ: bool, within_limit: bool) -> bool:
    """The same matter brought again to the organ that handles it joins the running file (D)."""
    return same_matter and same_organ and within_limit


def visit_goes_to(*, competent_organ: bool, next_higher: bool) -> bool:
    """Whether a visit is at the right place; a wrong place is a reason to guide, never to refuse registration.

    Art. 20(1)「应当到有权处理的本级或者上一级机关、单位设立或者指定的接待场所提出」
    """
    return competent_organ or next_higher


def representatives_allowed(*, visit: bool, representatives: int, most: int) -> bool:
    """Only visits limit their representatives; signatures are never counted. Art. 20(3)「代表人数不得超过5人」"""
    return not visit or representatives <= most


# ---- receiving: Arts. 22–25 ----------------------------------------------------------------------------------------


def litigation_is_transferred(*, visit: bool) -> bool:
    """A litigation matter by letter (or on line) is transferred; a visitor is told the law and guided.

    Art. 22(2)「对收到的涉法涉诉信件，应当转送同级政法部门依法处理」
    """
    return not visit


def assigned_due_allowed(*, assigned_due: date, today: date, legal_due: date | None) -> bool:
    """The day named on assignment lies ahead and never lengthens the legal limit.

    Art. 22(1)(3)「要求其在指定办理期限内反馈结果，提交办结报告」, Art. 34.
    """
    return today <= assigned_due and (legal_due is None or assigned_due <= legal_due)


def may_pass_down(*, receiver_in_own_system: bool) -> bool:
    """An organ (not a petition office) passes a petition on only inside its own system, and says where.

    Art. 23(1)「并告知信访人转送、交办去向」; outside it, the petitioner is told whom to ask.
    """
    return receiver_in_own_system


def notice_excused(*, direct: bool, name_or_address_unclear: bool) -> bool:
    """Only for a direct petition does an unclear name or address excuse the notice.

    Art. 23(2)「但信访人的姓名（名称）、住址不清的除外」; Art. 23(3) does not repeat it.
    """
    return direct and name_or_address_unclear


def objection_in_time(*, today: date, due: date) -> bool:
    """The organ objects to a transfer within its working days. Art. 23(3)「应当自收到之日起5个工作日内提出异议」"""
    return today <= due


def objection_reasoned(*, reasons: str) -> bool:
    """An objection gives its reasons. Art. 23(3)「并详细说明理由」"""
    return bool(reasons.strip())


def may_return_objection(*, verified_and_agreed: bool) -> bool:
    """The file goes back only after the transferring office has verified and agreed. Art. 23(3)「核实同意」"""
    return verified_and_agreed


def jurisdiction_decider(*, common_superior: bool) -> Decider:
    """Who decides between organs that disagree.

    Art. 24(1)「由其共同的上一级机关、单位决定受理机关」; without one「由共同的信访工作联席会议协调处理」.
    """
    return Decider.COMMON_SUPERIOR if common_superior else Decider.JOINT_CONFERENCE


def successor_accepts(*, dissolved: bool, successor_known: bool) -> bool:
    """The organ that goes on with the powers accepts. Art. 24(2)「由继续行使其职权的机关、单位受理」"""
    return dissolved and successor_known


def urgent_report_owed(*, urgent: bool, reported: bool) -> bool:
    """A grave or urgent matter is reported at once, beside the ordinary course.

    Art. 25(1)「应当及时报告本级党委和政府，通报相关主管部门和本级信访工作联席会议办公室」
    """
    return urgent and not reported


# ---- handling: Arts. 28–34 -----------------------------------------------------------------------------------------


def must_recuse(*, direct_interest: bool) -> bool:
    """Whoever has a direct interest stays away, at any time.

    Art. 28(3)「与信访事项或者信访人有直接利害关系的，应当回避」
    """
    return direct_interest


def may_decide_recusal(*, is_head: bool, concerns_self: bool) -> bool:
    """The head decides, and never about oneself (D, after the local regulations)."""
    return is_head and not concerns_self


def may_receive_accusation(*, is_accused: bool, belongs_to_accused: bool) -> bool:
    """No accusation reaches the accused person or unit.

    Art. 30(3)「不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位」
    """
    return not (is_accused or belongs_to_accused)


def opinion_owed(*, route: str) -> bool:
    """Only Art. 31(6) ends in a handling opinion, runs Art. 34 and opens a review.「出具信访处理意见书」"""
    return route == "route_6"


def may_reroute(*, opinion_issued: bool, notice_given: bool) -> bool:
    """Until there is an opinion a petition may take another route, with notice to the petitioner (D, Arts. 23, 31)."""
    return not opinion_issued and notice_given


def may_conclude(*, petitioner_heard: bool, facts_verified: bool) -> bool:
    """Before an opinion the petitioner is heard and the facts are verified. Art. 31(6)"""
    return petitioner_heard and facts_verified


def hearing_available(*, route: str, grave_complex_or_difficult: bool) -> bool:
    """A grave, complex or difficult matter under Art. 31(6) may have a hearing; it stops no clock there."""
    return opinion_owed(route=route) and grave_complex_or_difficult


def finding_of(*, facts_clear_and_lawful: bool, reasonable: bool) -> Finding:
    """The outcome that Art. 32 gives: support, explain what is reasonable but has no legal basis, or not support.

    Art. 32(1)「予以支持」·「应当作出解释说明」·「不予支持」
    """
    if facts_clear_and_lawful:
        return Finding.SUPPORTED
    return Finding.EXPLAINED if reasonable else Finding.NOT_SUPPORTED


def execution_is_urged(*, finding: str) -> bool:
    """A supporting opinion is not the end: execution is urged. Art. 32(2)「应当督促有关机关、单位执行」"""
    return finding == Finding.SUPPORTED


def mediation_allowed(
    *, both_consent: bool, within_discretion: bool, against_mandatory_rules: bool
) -> bool:
    """Mediation needs consent of both sides, discretion, and no mandatory rule against it. No clock stops. Art. 33"""
    return both_consent and within_discretion and not against_mandatory_rules


def settlement_valid(*, written: bool, promises_not_to_petition: bool) -> bool:
    """A settlement is written, and nobody signs away the right to petition.

    Art. 33「应当制作调解协议书或者和解协议书」; Constitution Art. 41.
    """
    return written and not promises_not_to_petition


def extension_in_time(*, today: date, due: date) -> bool:
    """Handling is extended before its limit ends, never after. Art. 34"""
    return today <= due


def extension_within_total(*, already: int, asked: int, most: int) -> bool:
    """One or several extensions, together no longer than the law allows. Art. 34「但延长期限不得超过30日」"""
    return asked > 0 and already + asked <= most


def extension_allowed(
    *,
    complex_case: bool,
    approved_by_head_of_handling_organ: bool,
    reasons_told: bool,
    already: int,
    asked: int,
    most: int,
    today: date,
    due: date,
) -> bool:
    """A complex matter may be extended by the head of the handling organ itself, with reasons to the petitioner.

    Art. 34「情况复杂的，经本机关、单位负责人批准，可以适当延长办理期限，但延长期限不得超过30日，并告知信访人延期理由」.
    Neither a petition office nor a superior extends, and neither review nor re-review can be extended.
    """
    return (
        complex_case
        and approved_by_head_of_handling_organ
        and reasons_told
        and extension_in_time(today=today, due=due)
        and extension_within_total(already=already, asked=asked, most=most)
    )


# ---- review and re-review: Arts. 35–37 -----------------------------------------------------------------------------


def review_lies(*, route: str, opinion_served: bool) -> bool:
    """A review lies against a served handling opinion and nothing else.

    Art. 35「可以自收到书面答复之日起30日内请求原办理机关、单位的上一级机关、单位复查」, Art. 31(6).
    """
    return opinion_owed(route=route) and opinion_served


def request_in_time(*, filed_on: date, due: date | None) -> bool:
    """A request counts from its postmark; without a proven service the limit has not begun. Arts. 35, 36(1)"""
    return due is None or filed_on <= due


def late_request_open(*, good_reason: str) -> bool:
    """A late request with a good reason goes to a person to decide; the text is silent (D)."""
    return bool(good_reason.strip())


def may_review(*, is_next_higher: bool, signed_the_opinion: bool) -> bool:
    """The next higher organ reviews, and nobody reviews an opinion of their own. Arts. 35, 36(1), 28(3)"""
    return is_next_higher and not signed_the_opinion


def re_review_lies(*, review_opinion_served: bool) -> bool:
    """A re-review lies against a served review opinion.

    Art. 36(1)「可以自收到书面答复之日起30日内向复查机关、单位的上一级机关、单位请求复核」
    """
    return review_opinion_served


def suspends(*, limit: Limit, event: str) -> bool:
    """Only a hearing in the re-review stops a clock. Art. 36(2)「听证所需时间不计算在前款规定的期限内」"""
    return event in limit.suspended_by


def publication_allowed(*, heard: bool, anonymised: bool, accusation: bool) -> bool:
    """A re-review opinion may be published only after a hearing and without personal data.

    Art. 36(2)「经过听证的复核意见可以依法向社会公示」; never for accusations (Art. 30).
    """
    return heard and anonymised and not accusation


def refused_for_good(
    *, re_review_opinion_served: bool, same_facts: bool, same_reasons: bool
) -> bool:
    """Only a re-review opinion ends a matter, and only for the same facts with the same reasons.

    Art. 36(3), 不再受理. New facts or new reasons are a new petition; a lapsed limit ends nothing for good.
    """
    return re_review_opinion_served and same_facts and same_reasons


def care_continues(*, final: bool) -> bool:
    """After the end help goes on. Art. 37(3)「应当做好疏导教育、矛盾化解、帮扶救助等工作」"""
    return final


# ---- supervising: Arts. 40–45 --------------------------------------------------------------------------------------


def supervision_owed(*, limit: Limit, passed: bool) -> bool:
    """A duty that passed its limit is supervised; a power merely lapses and a target is nobody's breach.

    Art. 40(1)「应当及时督办，并提出改进工作的建议」. The overdue duty stays open: no clock closes or refuses anything.
    """
    return passed and not limit.is_power and limit.breach is not None


def supervision_office(*, debtor_is_petition_office: bool) -> SupervisionOffice:
    """A petition office supervises organs; its own lateness goes to its superior. Arts. 40, 43"""
    return (
        SupervisionOffice.SUPERIOR_OF_DEBTOR
        if debtor_is_petition_office
        else SupervisionOffice.PETITION_OFFICE
    )


def accountability_allowed(*, breach: bool, serious_result: bool) -> bool:
    """Accountability is recommended for a breach with a serious result, to the organ with authority. Art. 40(3)"""
    return breach and serious_result


# ---- leaving, serving, and the simplified procedure ------------------------------------------------------------------


def withdrawal_valid(*, own_wish: bool, recorded: bool, promises_not_to_petition: bool) -> bool:
    """Withdrawal is one's own recorded wish, with free re-filing; no promise is taken (D; Constitution Art. 41)."""
    return own_wish and recorded and not promises_not_to_petition


def service_starts_limit(*, proven: bool, electronic: bool, consented: bool) -> bool:
    """A limit starts with proven receipt, not with sending, and on line only with consent (D; CPL 87–91)."""
    return proven and (consented or not electronic)


def simplified_allowed(
    *,
    first_petition: bool,
    route: str,
    simple_ground: bool,
    assigned_by_superior: bool,
    refusal_likely: bool,
    several_bodies_or_joint: bool,
    grave_or_complex: bool,
) -> bool:
    """Simplified handling is for a first, simple matter outside Art. 31(1)–(5), and ends once refusal becomes likely.

    信访事项简易办理办法, 国信办发〔2022〕17号, Arts. 4–5.
    """
    statutory_route = route.startswith("route_") and not opinion_owed(route=route)
    excluded = assigned_by_superior or refusal_likely or several_bodies_or_joint or grave_or_complex
    return first_petition and simple_ground and not statutory_route and not excluded
