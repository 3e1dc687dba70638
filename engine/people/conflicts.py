"""Conflicts of interest: the absolute block for accusations, and warnings for the rest.

Accusations (Art. 30(3)): neither the material nor word of it reaches the accused, by any road. Recusal (Art. 28(3)) and
the separation of reviewer and decider (Arts. 35, 36) bind a person; everything else warns, and a reason is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from engine.people.decisions import Decision
from engine.people.directory import Directory
from engine.people.superiors import successor
from engine.petition.facts import Facts
from engine.petition.parties import Actor
from engine.text import Text

_ALLOWED = Decision(allowed=True, reason=Text("无冲突", "no conflict"))


def exclusion(directory: Directory, ids: Iterable[str], on: date) -> frozenset[str]:
    """Everybody who must never learn of an accusation against *ids* (organs or people) on the day *on*.

    An organ brings its subordinate organs and whoever took over its work; a person stands alone, since the rest of
    their organ is no party to the matter.
    """
    named = set(ids)
    organs = {id for id in named if directory.exists(id)}
    organs |= {
        heir.id for id in organs if (heir := successor(directory.organs, id, on)) is not None
    }
    below = {lower for id in organs for lower in directory.command(on).below(id)}
    return frozenset(named | organs | below)


def bound_to(directory: Directory, person: str, on: date) -> frozenset[str]:
    """The ids whose exclusion shuts *person* out on the day *on*.

    Themselves; every organ of a present appointment and all that stand above it, since an exclusion holds for the whole
    of an organ; and the organs of other appointments, so that a change of post does not shake an exclusion off.
    """
    present = {row.organ for row in directory.posts_of(person, on)}
    others = {row.organ for row in directory.appointments_of(person)} - present
    lines = [line_of(directory, organ, on) for organ in present]
    return frozenset({person}).union(others, *lines)


def line_of(directory: Directory, organ: str, on: date) -> frozenset[str]:
    """*organ*, all that command it on the day *on*, and those whose work they have taken over."""
    line = {organ, *directory.command(on).above(organ)}
    return frozenset(line).union(*(directory.predecessors(id) for id in line))


def may_receive(directory: Directory, organ: str, excluded: Iterable[str], on: date) -> Decision:
    """Whether a matter from which *excluded* are shut out may be sent to *organ* on the day *on* (Art. 30(3)).

    The exclusion is worked out anew for the day, so that an organ set up or renamed later is caught as well.
    """
    if organ not in exclusion(directory, excluded, on):
        return _ALLOWED
    return Decision(
        allowed=False,
        reason=Text(
            "不得将检举控告材料及有关情况透露或者转给被检举控告的单位及其下属单位,请选择其他机关",
            "an accusation must not reach the accused organ or its subordinates: choose another organ",
        ),
        article="30(3)",
    )


def may_be_given_to(
    directory: Directory, person: str, excluded: Iterable[str], recused: Iterable[str], on: date
) -> Decision:
    """Whether *person* may work on a matter on the day *on*.

    Not when they or an organ that they are bound to are excluded, and not when they are recused.
    """
    if not bound_to(directory, person, on).isdisjoint(excluded):
        return Decision(
            allowed=False,
            reason=Text(
                "该人员不得接触此件,请另行指定",
                "this person must have no part in this matter: name somebody else",
            ),
            article="30(3)",
        )
    if person in set(recused):
        return Decision(
            allowed=False,
            reason=Text("该人员已回避,请另行指定", "this person is recused: name somebody else"),
            article="28(3)",
        )
    return _ALLOWED


def may_review(person: str, facts: Facts) -> Decision:
    """Whether *person* may decide the review or re-review: not a matter that they decided or handled below."""
    earlier = {facts.get("opinion_signer"), facts.get("handler"), facts.get("review_signer")}
    if person not in earlier:
        return _ALLOWED
    return Decision(
        allowed=False,
        reason=Text(
            "作出原处理意见或者复查意见的人员不得再办理其复查、复核,请由他人办理",
            "whoever decided a matter does not decide its review: leave it to a colleague",
        ),
        article="35",
    )


def warnings(
    directory: Directory, actor: Actor, *, about: str | None, slots: Mapping[str, str], on: date
) -> tuple[Text, ...]:
    """What an officer should weigh, and give a reason for, before sending a matter on or taking it up.

    *about* is the organ that the petitioner complains of, where one is named.
    """
    found: list[Text] = []
    if about and about == slots.get("organ"):
        found.append(
            Text(
                "办理单位就是信访人反映的单位,请说明理由",
                "the organ that is to handle this is the one complained of: give a reason",
            )
        )
    if about and any(row.organ == about for row in directory.posts_of(actor.person, on)):
        found.append(
            Text(
                "您在信访人反映的单位任职,如有利害关系应当回避(第二十八条)",
                "you hold a post at the organ complained of: step aside if you have an interest (Art. 28)",
            )
        )
    return tuple(found)
