"""What these tests share: a learner's desk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.bad_input.bench import free_port
from tests.learning.desk import Desk
from tests.temporary import scratch_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with nothing on it, and a place for the grader's own files."""
    (place := tmp_path / "mine").mkdir()
    with scratch_place() as temporary:
        yield Desk(place, temporary, free_port())
