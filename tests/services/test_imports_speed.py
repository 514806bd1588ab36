"""50,000 rows of every kind are imported in under 20 s; here a fifth of them, in a fifth of the time.

The time is that of the processor, so that a machine with other work to do does not fail. All 50,000 are
measured by `python -m benchmarks.importing`.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time

from benchmarks.importing import KINDS, a_file
from services.imports.running import import_file
from storage.unit_of_work import Store
from tests.conftest import NOW
from tests.services.importing import counts

ROWS, SECONDS = 10_000, 4


async def test_many_rows_of_every_kind_are_imported_in_time(sqlite_store: Store, tmp_path: Path) -> None:
    for kind in KINDS:
        path = a_file(kind, tmp_path, ROWS)
        for counted in ((ROWS, 0, 0, 0), (0, 0, ROWS, 0)):
            began = process_time()
            report, *_ = await import_file(sqlite_store, kind, path, NOW)
            assert process_time() - began < SECONDS, kind
            if kind.value != "prices":
                assert counts(report) == counted
            assert report.bad == 0
