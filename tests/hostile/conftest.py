"""What these tests share: a bench, and what a hostile program is given to aim at."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bad_input.bench import adopt_orphans
from tests.hostile.examined import aiming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hostile.aims import Aims

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session", autouse=True)
def _orphans() -> None:
    adopt_orphans()


@pytest.fixture
def aims() -> Iterator[Aims]:
    """A bench, and targets beside it that live as long as the test."""
    if not os.access("/var/tmp", os.W_OK):
        pytest.skip("this machine has no /var/tmp")
    with aiming() as aims:
        yield aims
