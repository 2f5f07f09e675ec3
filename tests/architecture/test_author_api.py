"""A stage's checks stand on the author's API alone: whoever writes a stage never needs to know the
rest.

The layers below it, and the wall between grader and reference, are import contracts in
pyproject.toml. They need packages to look at, and a stage's folder is none.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.architecture.checkout import assert_none, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

AUTHOR_API = {
    "grader.author": None,
    "grader.author.tcp": None,
    "grader.author.udp": None,
    "grader.author.websocket": None,
    "grader.author.comparison": None,
}
"""Modules, and the names that may be taken from them (None: all)."""

PURE = frozenset(
    [
        "__future__",
        "base64",
        "collections",
        "contextlib",
        "dataclasses",
        "enum",
        "functools",
        "gzip",
        "hashlib",
        "html",
        "hypothesis",  # draws what a comparison asks
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "string",
        "struct",
        "textwrap",
        "typing",
        "urllib.parse",
        "zlib",
    ]
)
"""What touches no clock, socket, file or process, and draws no randomness of its own."""

STAGES = sources("stages", "examples/courses/key-value/stages")


def test_checks_import_the_author_api_only() -> None:
    assert STAGES
    assert_none(
        f"{source.name}:{line}: {what}"
        for source in STAGES
        if not source.name.startswith("stages/_")  # what ours is compared by knows HTTP's parts
        for line, what in _foreign(
            source.tree, in_a_folder=Path(source.name).parent.name == "checks"
        )
    )


def _foreign(tree: ast.Module, *, in_a_folder: bool = False) -> Iterator[tuple[int, str]]:
    """What is imported from elsewhere; the files of a folder checks/ may share what its __init__.py
    defines."""
    for node in ast.walk(tree):
        if (
            in_a_folder
            and isinstance(node, ast.ImportFrom)
            and (node.level, node.module) == (1, None)
        ):
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name not in AUTHOR_API and not _pure(alias.name):
                    yield node.lineno, f"imports {alias.name}"
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if not _allowed(node.module or "", alias.name):
                    yield node.lineno, f"imports {alias.name} from {node.module}"


def _pure(module: str) -> bool:
    return module in PURE or module.partition(".")[0] in PURE


def _allowed(module: str, name: str) -> bool:
    if module == "grader":  # from grader import expect
        return f"grader.{name}" in AUTHOR_API
    if module in AUTHOR_API:
        names = AUTHOR_API[module]
        return names is None or name in names
    return _pure(module) or f"{module}.{name}" in PURE


@pytest.mark.parametrize(
    "text",
    [
        "import socket",
        "import time",
        "from random import randrange",
        "from grader.engine import runner",
        "from grader.http1.session import Surroundings",
        "import reference",
        "from grader.program.server import Server",
        "from . import checks",
    ],
)
def test_others_would_be_seen(text: str) -> None:
    assert list(_foreign(ast.parse(text)))
