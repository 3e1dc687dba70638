"""`petition bench` on both databases, with a durable PostgreSQL server started for it: `python -m tests.bench step`."""

from __future__ import annotations

import sys

from engine.cli import main
from tests.postgres_server import PostgresServer

if __name__ == "__main__":
    with PostgresServer(durable=True) as server:
        status = main(["bench", *sys.argv[1:], "--database-url", server.url("postgres")])
    sys.exit(status)
