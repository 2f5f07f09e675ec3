"""A home directory of a test's own, with a submission in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (made := tmp_path / "home").mkdir()
    return made


@pytest.fixture
def put(home: Path) -> Callable[[str], Path]:
    """A file below the home directory, that can be executed; there is a submission in
    `class/mine`."""

    def make(name: str) -> Path:
        (path := home / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        path.chmod(0o755)
        return path

    make("class/mine/server.py")
    return make
