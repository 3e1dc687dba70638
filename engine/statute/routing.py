"""Art. 31 as a table: from answers to declared questions to a proposed route, which a person confirms or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.errors import BadInput
from engine.statute.rows import malformed, read_toml
from engine.text import Text

FILE = Path(__file__).parent / "routing.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a petition may go: ``suggestion``, ``accusation`` or ``route_1`` … ``route_6``, the items of Art. 31."""

    id: str
    article: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A yes/no question to the clerk; yes leads to ``route`` unless an earlier question was answered yes."""

    id: str
    route: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteProposal:
    """The route that the table gives, why, and the question that decided (None: everything else)."""

    route: str
    article: str
    reason: Text
    question: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingTable:
    """The routes in their order, the questions in theirs, and the route for everything else."""

    routes: tuple[Route, ...]
    questions: tuple[Question, ...]
    otherwise: str

    def route(self, id: str) -> Route:
        """The route *id*. Raises BadInput where there is none."""
        for route in self.routes:
            if route.id == id:
                return route
        raise BadInput({"route": Text(f"没有“{id}”这种途径", f"there is no route “{id}”")})

    def propose(self, answers: Mapping[str, bool]) -> RouteProposal:
        """The route for *answers* by question id; a question left out counts as no. First match wins.

        Raises BadInput for an answer to a question that is not in the table.
        """
        known = {question.id for question in self.questions}
        for id in answers:
            if id not in known:
                raise BadInput({id: Text(f"没有“{id}”这个问题", f"there is no question “{id}”")})
        for question in self.questions:
            if answers.get(question.id, False):
                return self._proposal(question.route, question)
        return self._proposal(self.otherwise, None)

    def _proposal(self, id: str, question: Question | None) -> RouteProposal:
        route = self.route(id)
        asked = question.text if question else Text("以上均不是", "none of the above")
        reason = Text("{asked}→{title}", "{asked} → {title}").filled(asked=asked, title=route.title)
        return RouteProposal(
            route=route.id,
            article=route.article,
            reason=reason,
            question=question.id if question else None,
        )


def propose_route(answers: Mapping[str, bool]) -> RouteProposal:
    """The route that the shipped table proposes for *answers* (see :meth:`RoutingTable.propose`)."""
    return load_routing().propose(answers)


@lru_cache(maxsize=1)
def load_routing() -> RoutingTable:
    """The shipped table. Raises DataError where it is malformed."""
    return read_routing(FILE)


def read_routing(path: Path) -> RoutingTable:
    """The table in the file at *path*. Raises DataError naming the row at fault."""
    data = read_toml(path)
    try:
        routes = tuple(
            Route(id=row["id"], article=row["article"], title=Text(**row["title"]))
            for row in data["route"]
        )
        questions = tuple(
            Question(id=row["id"], route=row["route"], text=Text(**row["text"]))
            for row in data["question"]
        )
        otherwise = [row["id"] for row in data["route"] if row.get("otherwise")]
    except (KeyError, TypeError) as error:
        raise malformed(path.name, "", f"缺少 {error}", f"is missing {error}") from error
    ids = [route.id for route in routes]
    if len(set(ids)) < len(ids) or len({question.id for question in questions}) < len(questions):
        raise malformed(path.name, "", "编号重复", "an id appears twice")
    if len(otherwise) != 1:
        raise malformed(
            path.name,
            "route",
            "须有且仅有一条 otherwise",
            "exactly one route is for everything else",
        )
    places = [ids.index(question.route) if question.route in ids else -1 for question in questions]
    for question, place in zip(questions, places, strict=True):
        if place < 0:
            raise malformed(
                path.name,
                question.id,
                f"没有 {question.route}",
                f"there is no route {question.route}",
            )
    if places != sorted(places):
        raise malformed(
            path.name,
            "question",
            "顺序须与途径一致",
            "questions must follow the order of the routes",
        )
    return RoutingTable(routes=routes, questions=questions, otherwise=otherwise[0])
