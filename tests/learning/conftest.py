"""What these tests share: a learner's desk."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bad_input.bench import free_port
from tests.learning.desk import Desk

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with nothing on it; temporary files go where paths are short."""
    (place := tmp_path / "mine").mkdir()
    with tempfile.TemporaryDirectory(prefix="desk-") as temporary:
        yield Desk(place, Path(temporary), free_port())
