"""``petition worker``: the clocks. Any number may run, on any number of machines; they meet only in the database."""

from __future__ import annotations

import argparse
import logging
import signal

from engine.bootstrap import House
from engine.cli.house import present_house
from engine.cli.shapes import DONE, Run
from engine.cli.talk import Talk, emit
from engine.text import Text


def command(parser: argparse.ArgumentParser) -> Run:
    """Says what the command takes."""
    talk = Talk.in_environment()
    parser.add_argument(
        "--once",
        action="store_true",
        help=talk.word(Text("处理完已到期的就结束", "end when all that is due now is done")),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help=talk.word(Text("与 --once 同用,输出 JSON", "with --once: JSON output")),
    )
    return _run


def _run(arguments: argparse.Namespace) -> int:
    talk = Talk.in_environment()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with present_house() as house:
        return _once(house, arguments, talk) if arguments.once else _always(house, talk)


def _once(house: House, arguments: argparse.Namespace, talk: Talk) -> int:
    done = house.tower.drain()
    logged = house.log.turn(house.clock.now())
    report = {
        "petitions": done.petitions,
        "firings": done.firings,
        "relayed": done.relayed,
        "failed": done.failed,
        "logged": logged.leaves,
    }
    if arguments.json:
        emit(report)
    else:
        talk.say(
            "到期{firings}项,发出{relayed}项,失败{failed}项,记入日志{logged}条",
            "{firings} clocks fired, {relayed} items relayed, {failed} failed, {logged} entries logged",
            **report,
        )
    return DONE


def _always(house: House, talk: Talk) -> int:
    # A worker that is told to stop ends between two transactions, like one that is interrupted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    talk.progress("时钟已启动(Ctrl-C 停止)", "the clocks are running (Ctrl-C stops them)")
    try:
        house.worker.run()
    except KeyboardInterrupt:
        talk.progress("时钟已停止", "the clocks have stopped")
    return DONE
