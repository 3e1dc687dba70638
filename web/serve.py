"""``petition serve``: the web and, for an office of one machine, the clock tower beside it."""

from __future__ import annotations

import argparse
import ipaddress
import logging

from waitress import serve

from engine.cli.house import present_house
from engine.cli.shapes import DONE, Run
from web.app import create_app

HOST, PORT, THREADS = "127.0.0.1", 8000, 8
HIGHEST_PORT = 65535
log = logging.getLogger(__name__)


def command(parser: argparse.ArgumentParser) -> Run:
    """Says in *parser* what the command takes. It serves the office that the environment names until it is stopped."""
    parser.add_argument("--host", default=HOST, help=f"address to listen at (default {HOST})")
    parser.add_argument(
        "--port", type=_port, default=PORT, help=f"port to listen at (default {PORT})"
    )
    parser.add_argument(
        "--no-worker",
        dest="worker",
        action="store_false",
        help="leave the clocks to `petition worker`",
    )
    parser.add_argument(
        "--proxy",
        type=_address,
        default=None,
        help="address of the trusted proxy in front, which does TLS",
    )
    return _run


def _run(asked: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    with present_house() as house:
        scheduler = house.worker.start() if asked.worker else None
        try:
            log.info(
                "listening address=http://%s:%d worker=%s", asked.host, asked.port, asked.worker
            )
            serve(
                create_app(house),
                host=asked.host,
                port=asked.port,
                threads=THREADS,
                ident="",
                **_proxy(asked),
            )
        finally:
            if scheduler is not None:
                scheduler.shutdown(wait=True)
    return DONE


def _port(word: str) -> int:
    if not word.isdecimal() or not 0 < (port := int(word)) <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to {HIGHEST_PORT}, not {word}")
    return port


def _address(word: str) -> str:
    return str(ipaddress.ip_address(word))


def _proxy(asked: argparse.Namespace) -> dict[str, object]:
    if asked.proxy is None:
        return {}
    return {
        "trusted_proxy": asked.proxy,
        "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for", "x-forwarded-host"},
        "clear_untrusted_proxy_headers": True,
    }
