"""Makes the environment of pm4py if it is not there, and says what pm4py makes of a demonstration office's logs."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from engine.settings import sqlite_url
from tests.audit.conftest import lived
from tests.pm4py import environment, files

PETITIONS = 136


def main() -> None:
    if not environment.made():
        environment.progress("making .cache/pm4py…")
        environment.make()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        environment.progress(f"an office with {PETITIONS} petitions…")
        house = lived(data, sqlite_url(data / "petition.db"), PETITIONS).open()
        made = files.written(house, Path(folder))
        house.store.close()
        environment.progress("asking pm4py…")
        said = environment.asked(made.xes, made.ocel, made.model, most=1000)
        sys.stdout.write(json.dumps(said, indent=2) + "\n")


if __name__ == "__main__":
    main()
