"""What these tests share: a bench of their own, in the default sandbox and without any."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bad_input.bench import Bench, adopt_orphans, free_port
from tests.temporary import scratch_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session", autouse=True)
def _orphans() -> None:
    adopt_orphans()


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Where the grader's own files go."""
    with scratch_place() as place:
        yield place


@pytest.fixture
def bench(tmp_path: Path, scratch: Path) -> Bench:
    """A bench in the default sandbox."""
    return Bench(tmp_path, scratch, free_port())


@pytest.fixture(params=["auto", "off"])
def either(request: pytest.FixtureRequest, tmp_path: Path, scratch: Path) -> Bench:
    """A bench in the default sandbox, and once more without any."""
    return Bench(tmp_path, scratch, free_port(), request.param)


@pytest.fixture
def unprivileged() -> None:
    """Skip where permissions do not bind."""
    if os.geteuid() == 0:
        pytest.skip("root may read and write everything")
