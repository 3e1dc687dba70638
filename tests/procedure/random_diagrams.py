"""Random block-structured diagrams, the same for the same seed."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

from tests.procedure import diagrams as draw

CLOCKS = ("T3", "T5", "T7")
GUARDS = ("G1", "G2", "G3", "G4")
ACTS = ("withdraw", "object")
CONDITIONS = (
    "c1", "c2 and not c3", "c4 or c1", "not c2", 'route == "a"', 'route != "b"', 'route in ("a", "c")', "c3 != true",
)  # fmt: skip


Kinds = frozenset[str]
NOWHERE: Kinds = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a diagram with one way in and one way out."""

    text: str
    first: str
    last: str


@dataclass
class Sketcher:
    """Draws blocks within blocks.

    Stock SpiffWorkflow joins wrongly in loops, and now and then where inclusive blocks are nested, so there such a block
    is put in a sub-process of its own (``apart``), unless ``loose_joins``.
    """

    dice: random.Random
    loose_joins: bool = False
    only: Kinds = NOWHERE
    count: int = 0
    called: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def block(self, depth: int, apart: Kinds = NOWHERE) -> Block:
        choice = ["task", "task", "guarded", "warned", "waiting"]
        if depth > 0:
            choice += [
                "row",
                "exclusive",
                "parallel",
                "inclusive",
                "loop",
                "sub",
                "call",
                "events",
                "scoped_guard",
            ]
        if self.only:
            choice = [kind for kind in choice if kind in self.only]
        kind = self.dice.choice(choice)
        if kind in apart and not self.loose_joins:
            kind = "sub"
        self.kinds.add(kind)
        return getattr(self, f"_{kind}")(depth, apart)

    def whole(self, depth: int) -> Block:
        """Several blocks in a row."""
        return self._row(depth + 1, NOWHERE)

    def _task(self, depth: int, apart: Kinds) -> Block:
        task = self.name("u")
        return Block(draw.task(task), task, task)

    def _news(self) -> dict[str, object]:
        if self.dice.random() < 0.5:
            return {"clock": self.dice.choice(CLOCKS)}
        return {"act": self.dice.choice(ACTS)}

    def _guarded(self, depth: int, apart: Kinds) -> Block:
        """A task with an interrupting boundary event that leads to another task."""
        task = self.name("u")
        return self._guard(draw.task(task), task)

    def _guard(self, text: str, host: str, **news: object) -> Block:
        event, other, merge = self.name("b"), self.name("u"), self.name("x")
        parts = [
            text,
            draw.boundary(event, host, **(news or self._news())),
            draw.task(other),
            draw.gateway("exclusive", merge),
            draw.chain(host, merge),
            draw.chain(event, other, merge),
        ]
        return Block("".join(parts), host, merge)

    def _scoped_guard(self, depth: int, apart: Kinds) -> Block:
        """The same around a sub-process. Its clock is heard nowhere inside: stock would take both ways."""
        inner = self._sub(depth, apart)
        return self._guard(inner.text, inner.first, clock=f"G{depth}")

    def _warned(self, depth: int, apart: Kinds) -> Block:
        """A task with a non-interrupting timer that opens another task beside it."""
        task, event, other, end = self.name("u"), self.name("n"), self.name("u"), self.name("e")
        parts = [
            draw.task(task),
            draw.boundary(event, task, interrupting=False, clock=self.dice.choice(CLOCKS)),
            draw.task(other),
            draw.end(end),
            draw.chain(event, other, end),
        ]
        return Block("".join(parts), task, task)

    def _waiting(self, depth: int, apart: Kinds) -> Block:
        event, task = self.name("w"), self.name("u")
        news = self._news()
        text = draw.message(event, **news) if "act" in news else draw.timer(event, **news)
        return Block(text + draw.task(task) + draw.chain(event, task), event, task)

    def _row(self, depth: int, apart: Kinds) -> Block:
        blocks = [self.block(depth - 1, apart) for _ in range(self.dice.randint(2, 3))]
        ties = [draw.flow(a.last, b.first) for a, b in itertools.pairwise(blocks)]
        return Block("".join([*(b.text for b in blocks), *ties]), blocks[0].first, blocks[-1].last)

    def _gateways(self, kind: str, depth: int, apart: Kinds, *, choosing: bool) -> Block:
        split, join = self.name("g"), self.name("j")
        if kind == "inclusive":
            apart = apart | {"inclusive"}
        blocks = [self.block(depth - 1, apart) for _ in range(self.dice.randint(2, 3))]
        parts = [block.text for block in blocks]
        for block in blocks:
            last = block is blocks[-1]
            condition = None if not choosing or last else self.dice.choice(CONDITIONS)
            parts += [draw.flow(split, block.first, condition), draw.flow(block.last, join)]
        default = f"{split}__{blocks[-1].first}" if choosing else None
        parts += [draw.gateway(kind, split, default), draw.gateway(kind, join)]
        return Block("".join(parts), split, join)

    def _exclusive(self, depth: int, apart: Kinds) -> Block:
        return self._gateways("exclusive", depth, apart, choosing=True)

    def _parallel(self, depth: int, apart: Kinds) -> Block:
        return self._gateways("parallel", depth, apart, choosing=False)

    def _inclusive(self, depth: int, apart: Kinds) -> Block:
        return self._gateways("inclusive", depth, apart, choosing=True)

    def _loop(self, depth: int, apart: Kinds) -> Block:
        merge, choice, first, rest = self.name("m"), self.name("x"), self.name("u"), self.name("m")
        inner = self.block(depth - 1, apart | {"parallel", "inclusive"})
        parts = [
            draw.gateway("exclusive", merge),
            draw.task(first),
            inner.text,
            draw.gateway("exclusive", choice, default=f"{choice}__{rest}"),
            draw.gateway("exclusive", rest),
            draw.chain(merge, first, inner.first),
            draw.chain(inner.last, choice, rest),
            draw.flow(choice, merge, "again"),
        ]
        return Block("".join(parts), merge, rest)

    def _inside(self, depth: int) -> str:
        begin, end, block = self.name("s"), self.name("e"), self.block(depth - 1)
        ties = draw.flow(begin, block.first) + draw.flow(block.last, end)
        return draw.start(begin) + block.text + draw.end(end) + ties

    def _sub(self, depth: int, apart: Kinds) -> Block:
        scope = self.name("sub")
        return Block(draw.sub_process(scope, self._inside(max(depth, 1))), scope, scope)

    def _call(self, depth: int, apart: Kinds) -> Block:
        call, process = self.name("call"), self.name("proc")
        self.called.append(draw.process(process, self._inside(depth)))
        return Block(draw.call(call, process), call, call)

    def _events(self, depth: int, apart: Kinds) -> Block:
        choice, act, clock = self.name("ev"), self.name("w"), self.name("w")
        after, merge = self.name("u"), self.name("x")
        parts = [
            draw.gateway("eventBased", choice),
            draw.message(act, self.dice.choice(ACTS)),
            draw.timer(clock, clock=self.dice.choice(CLOCKS)),
            draw.task(after),
            draw.gateway("exclusive", merge),
            draw.chain(choice, act, after, merge),
            draw.chain(choice, clock, merge),
        ]
        return Block("".join(parts), choice, merge)


def sketch(
    seed: int, *, depth: int = 3, loose_joins: bool = False, only: Kinds = NOWHERE
) -> tuple[tuple[str, ...], set[str]]:
    """The processes of a random version (``p`` is the first), and the kinds of blocks in it."""
    sketcher = Sketcher(random.Random(seed), loose_joins=loose_joins, only=only)
    block = sketcher.whole(depth)
    parts = [draw.start(), draw.task("first"), block.text, draw.end()]
    if not only and sketcher.dice.random() < 0.3:
        sketcher.kinds.add("beside")
        act = sketcher.dice.choice(ACTS)
        parts.append(
            draw.beside("aside", act, draw.task("aside_task"), draw.end("aside_end"),
                        draw.chain("aside_begin", "aside_task", "aside_end"))
        )  # fmt: skip
    parts += [draw.chain("begin", "first", block.first), draw.flow(block.last, "done")]
    return (draw.process("p", *parts), *sketcher.called), sketcher.kinds


def tangle(seed: int) -> str:
    """A process of tasks and gateways tied at random, loops, unjoined branches and all."""
    dice = random.Random(seed)
    names = [f"n{number}" for number in range(dice.randint(4, 9))]
    kinds = {
        name: dice.choice(["task", "task", "parallel", "inclusive", "exclusive"]) for name in names
    }
    dice.shuffle(names)
    ties = {*itertools.pairwise(names), (names[-1], "done")}
    for _ in range(dice.randint(1, len(names))):
        source, target = dice.choice(names), dice.choice([*names, "done"])
        if source != target and kinds[source] != "task":
            ties.add((source, target))
    parts = [draw.start(), draw.end(), draw.flow("begin", names[0])]
    for name, kind in kinds.items():
        parts += _tied(
            dice, name, kind, sorted(target for source, target in ties if source == name)
        )
    return draw.process("p", *parts)


def _tied(dice: random.Random, name: str, kind: str, targets: list[str]) -> list[str]:
    choosing = kind in {"exclusive", "inclusive"} and len(targets) > 1
    default = f"{name}__{targets[-1]}" if choosing else None
    node = draw.task(name) if kind == "task" else draw.gateway(kind, name, default)
    flows = [
        draw.flow(
            name, target, dice.choice(CONDITIONS) if choosing and target != targets[-1] else None
        )
        for target in targets
    ]
    return [node, *flows]
