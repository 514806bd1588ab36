from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.nemesis.harness import FULL, Zygote, a_zygote


@pytest.fixture(scope="session")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    folder: Path = tmp_path_factory.mktemp("processes")
    with a_zygote(folder) as zygote:
        yield zygote


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a fault test; `make nemesis` chooses them by this mark.

    Storms and races say nothing about which lines are tested, and last longer where lines are noted.
    With all of its trials a row may take more than an hour.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.nemesis)
            item.add_marker(pytest.mark.no_cover)
            if FULL:
                item.add_marker(pytest.mark.timeout(7_200))
