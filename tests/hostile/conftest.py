"""What these tests share: a bench on each rung of the ladder, and what a hostile program is given to aim at."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bad_input.bench import adopt_orphans, free_port
from tests.hostile.aims import Aims

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session", autouse=True)
def _orphans() -> None:
    adopt_orphans()


@pytest.fixture
def aims() -> Iterator[Aims]:
    """A bench, and targets beside it that live as long as the test; not below /tmp, which is open on some rungs."""
    if not os.access("/var/tmp", os.W_OK):
        pytest.skip("this machine has no /var/tmp")
    with (
        tempfile.TemporaryDirectory(prefix="hostile-", dir="/var/tmp") as root,
        tempfile.TemporaryDirectory(prefix="bench-") as scratch,
    ):
        for place in (root, scratch):
            Path(place).chmod(0o711)  # as /tmp: somebody without privileges gets to what is in it
        with Aims(Path(root), Path(scratch), free_port()) as aims:
            yield aims
