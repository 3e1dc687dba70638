"""The command line: ``petition COMMAND``. Exit status 0: done; 1: no; 2: the input cannot be used.

A command is a function that is given an empty parser, says there what it takes, and returns what runs. Those of this
room are imported when they are called; those of rooms above (``serve``) come from the entry points
``petition.commands`` and follow the same pattern.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from engine.cli import parsing
from engine.cli.shapes import BAD_INPUT, DONE, INTERRUPTED, NO, Command, Run
from engine.cli.talk import Talk
from engine.errors import BadInput, DataError, PetitionError

__all__ = ["Command", "Run", "main"]

TRACE = "PETITION_TRACE"


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``petition`` with *argv* (the process's arguments by default) and return its exit status.

    Whatever goes wrong is said in one line on stderr, in the language of the one who asked.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    talk = Talk.in_environment()
    try:
        return parsing.run(arguments, talk)
    except parsing.HelpShown:
        return DONE
    except (BadInput, DataError) as fault:
        talk.reason(fault.text)
        return BAD_INPUT
    except PetitionError as refusal:
        talk.reason(refusal.text)
        return NO
    except FileNotFoundError as fault:
        talk.reason_in("没有文件 {name}", "there is no file {name}", name=fault.filename)
        return BAD_INPUT
    except OSError as fault:
        if isinstance(fault, BrokenPipeError):
            _close_quietly()
            return DONE
        talk.reason_in("无法读写:{fault}", "cannot read or write: {fault}", fault=fault)
        return BAD_INPUT
    except KeyboardInterrupt:
        talk.reason_in("已中断", "interrupted")
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the last resort: a defect is one line too, and its trace is for developers
        if os.environ.get(TRACE):
            traceback.print_exc()
        talk.reason_in(
            "程序缺陷({kind}):{fault};设置 {trace}=1 可查看详情",
            "a defect of the program ({kind}): {fault}; {trace}=1 shows where",
            kind=type(fault).__name__, fault=str(fault).splitlines()[0] if str(fault) else "", trace=TRACE,
        )  # fmt: skip
        return NO


def _close_quietly() -> None:
    """The reader of our output has gone: let Python not complain about it on the way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
