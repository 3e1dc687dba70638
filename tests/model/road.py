"""The straight road of one matter, each act with its usual answers: from the letter to the end of the re-review."""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import PetitionError
from engine.petition.commands import Receipt
from tests.model.playing import Play

LETTER = {
    "channel": "letter", "category": "grievance", "title": "供暖不足", "content": "演示内容", "demands": "整改",
    "petitioner_name": "演示甲", "petitioner_address": "测试县演示街1号",
}  # fmt: skip
OPINION = {
    "finding": "not_supported", "request": "整改", "facts_and_reasons": "演示", "opinion": "演示", "answers": "演示",
    "legal_basis": "演示",
}  # fmt: skip
REQUEST = {"applicant": "演示甲", "prior_opinion": "演示", "request": "演示", "grounds": "演示"}
DECISION = {
    "result": "maintained", "applicant": "演示甲", "request": "演示", "facts": "演示", "opinion": "演示",
    "legal_basis": "演示",
}  # fmt: skip
SENT = {"method": "post", "proof": "演示凭证"}
SERVED = {"result": "delivered", "method": "post", "proof": "post_receipt", "recipient": "演示甲"}
HEARING = {"place_and_time": "演示", "host": "演示"}
HEARD = {"course": "演示", "evidence": "演示", "opinions": "演示", "signatures": "演示"}
EXTENSION = {"complex": True, "reasons": "演示理由"}

Stop = tuple[str, str, str, Mapping[str, object]]
"""Its name on the road, the act, who does it, and the answers."""

MAIN: tuple[Stop, ...] = (
    ("register", "register", "county.clerk", LETTER),
    ("sort", "sort", "county.clerk", {"disposition": "forward"}),
    ("forward", "forward", "county.clerk", {"organ": "county.housing"}),
    ("sign_for", "sign_for", "housing.clerk", {}),
    ("route", "route", "housing.clerk", {"route": "route_6"}),
    ("accept", "accept", "housing.clerk", {"contact": "演示"}),
    ("appoint", "appoint", "housing.head", {"handler": "housing.clerk", "no_interest": True}),
    ("hear", "hear_petitioner", "housing.clerk",
     {"manner": "call", "present": "演示", "content": "演示", "signatures": "演示"}),
    ("investigate", "investigate", "housing.clerk", {"record": "演示", "next_step": "opinion"}),
    ("opinion", "issue_opinion", "housing.head", OPINION),
    ("send_opinion", "dispatch", "housing.clerk", SENT),
    ("serve_opinion", "prove_service", "housing.clerk", SERVED),
    ("ask_review", "request_review", "county.clerk", {**REQUEST, "review_organ": "city.housing"}),
    ("review", "decide_review", "cityhousing.reviewer", DECISION),
    ("send_review", "dispatch", "cityhousing.clerk", SENT),
    ("serve_review", "prove_service", "cityhousing.clerk", SERVED),
    ("ask_re_review", "request_re_review", "county.clerk", {**REQUEST, "re_review_organ": "province.housing"}),
    ("re_review", "decide_re_review", "provincehousing.reviewer", DECISION),
    ("send_re_review", "dispatch", "provincehousing.clerk", SENT),
)  # fmt: skip
DIRECT: tuple[Stop, ...] = (
    ("register", "register", "housing.clerk", LETTER),
    ("sort", "sort", "housing.clerk", {"disposition": "own"}),
    ("route", "route", "housing.clerk", {"route": "route_6"}),
    ("accept", "accept", "housing.clerk", {"contact": "演示"}),
)  # fmt: skip


class Traveller:
    """One matter on its way along a road."""

    def __init__(self, play: Play, road: tuple[Stop, ...] = MAIN) -> None:
        self.play = play
        self.road = road
        self.petition: str | None = None

    def goes_to(self, last: str) -> Traveller:
        """Everything up to the stop *last* but not that one, all on the present day."""
        for stop in self.road:
            if stop[0] == last:
                return self
            done = self.at(stop[0])
            assert isinstance(done, Receipt), f"{stop[0]}: {done}"
        raise AssertionError(f"no stop {last}")

    def at(self, name: str, **further: object) -> Receipt | PetitionError:
        """Do what is done at the stop *name*."""
        _, act, who, answers = next(stop for stop in self.road if stop[0] == name)
        return self.does(act, who, **{**answers, **further})

    def does(self, act: str, who: str, **answers: object) -> Receipt | PetitionError:
        """Do *act*, on the road or beside it."""
        done = self.play.perform(act, self.play.place.actor(who), self.petition, answers)
        if isinstance(done, Receipt):
            self.petition = done.petition
        return done
