"""The marker of these tests. They grade a hundred servers, so they run only when asked for: `-m right_servers`."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "right_servers: grade right servers, only run when asked for: -m right_servers")
