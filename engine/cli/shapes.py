"""What a command is to the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

DONE: Final = 0
NO: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130

Run = Callable[[argparse.Namespace], int]
"""Carries a command out with its parsed arguments and returns the exit status."""

Command = Callable[[argparse.ArgumentParser], Run]
"""Says in the parser what the command takes, and returns what runs it."""
