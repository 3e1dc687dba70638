"""What is shipped: the procedure, and the cast of made-up organs and people that it is tried with."""

from __future__ import annotations

from pathlib import Path

from engine.bootstrap.words import vocabulary
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.scenarios.usual import Usual
from engine.errors import BadInput
from engine.people.made_up import read_office
from engine.procedure import Source, Vocabulary
from engine.statute.law import Law
from engine.text import Text

PROCESSES = Path(__file__).resolve().parents[2] / "processes"
CAST = PROCESSES / "cast"
"""The made-up office and how acts are usually done, for scenarios and for the demonstration."""
PACE = CAST / "pace.toml"
"""How fast the made-up office usually works, for simulations."""
SCENARIOS = PROCESSES / "scenarios"


def shipped_source() -> Source:
    """The procedure as shipped in ``processes/``."""
    return Source.in_directory(PROCESSES)


def version_in(directory: Path) -> Source:
    """The version of the procedure that lies in *directory*. Raises BadInput where it holds no diagram."""
    source = Source.in_directory(directory)
    if not source.diagrams():
        raise BadInput(
            {
                "": Text(
                    "目录 {name} 中没有流程图(.bpmn)",
                    "there is no diagram (.bpmn) in the directory {name}",
                ).filled(name=directory.name)
            }
        )
    return source


def private_offices(law: Law, words: Vocabulary | None = None) -> PrivateOffices:
    """Where drawings are tried: offices in memory, with the shipped cast of made-up organs and people."""
    return PrivateOffices(
        law=law,
        vocabulary=words or vocabulary(law),
        made_up=read_office(CAST / "office.toml"),
        usual=Usual.read(CAST / "usual.toml"),
    )
