"""The option that rewrites what is compared with."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the terminal blocks beside tests/submissions/*/*.py instead of comparing with them",
    )
