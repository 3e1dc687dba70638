"""The drawing at work: loads diagrams, refuses what would run wrongly, and moves petitions along them.

The only package that imports SpiffWorkflow and lxml. See README.md for what is replaced and why.
"""

from engine.procedure.carrying import Obstacle
from engine.procedure.findings import Finding, RunStep, Severity
from engine.procedure.ledger import Ledger
from engine.procedure.procedure import Carried, Element, Flow, Procedure, check, load
from engine.procedure.progress import FiredInternal, InternalLimit, Position, Progress, Step
from engine.procedure.source import Source
from engine.procedure.vocabulary import NAMESPACE, ActKind, ActWord, FactKind, FactWord, Vocabulary

__all__ = [
    "NAMESPACE",
    "ActKind",
    "ActWord",
    "Carried",
    "Element",
    "FactKind",
    "FactWord",
    "Finding",
    "FiredInternal",
    "Flow",
    "InternalLimit",
    "Ledger",
    "Obstacle",
    "Position",
    "Procedure",
    "Progress",
    "RunStep",
    "Severity",
    "Source",
    "Step",
    "Vocabulary",
    "check",
    "load",
]
