"""The figures: what a step, a start and a firing cost beside a bare transaction and beside stock SpiffWorkflow."""

from __future__ import annotations

from engine.bench.benches import BENCHES, Databases, run
from engine.bench.figures import Figure
from engine.bench.scale import FULL, TINY, USUAL, Scale

__all__ = ["BENCHES", "FULL", "TINY", "USUAL", "Databases", "Figure", "Scale", "run"]
