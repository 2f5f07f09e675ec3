"""What holds for all tests: how hypothesis searches, and the option that rewrites what is compared
with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from grader.isolation.removal import remove

# A loaded machine must not fail a property, so there is no deadline; in CI a run is repeatable.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help=(
            "rewrite the terminal blocks of tests/submissions and tests/silence instead of"
            " comparing with them"
        ),
    )


@pytest.fixture
def removed_by_us(tmp_path: Path) -> Iterator[None]:
    """For trees so deep that pytest cannot remove them: it goes down one call a level, and fails
    three runs later."""
    yield
    remove(tmp_path)
