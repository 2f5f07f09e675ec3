"""Loads ahead of any work what a grading would load in the midst of it."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Final

_GRADING: Final = frozenset(
    {
        "author", "check", "comparing", "course", "diagnosis", "engine", "http1", "isolation",
        "net", "program", "progress", "report", "reporters", "reproduce", "system", "tcp", "text",
        "udp", "websocket",
    }
)  # fmt: skip
_OF_LIBRARIES: Final = (
    "concurrent.futures.thread", "requests", "encodings.idna", "zlib", "gzip",
)  # fmt: skip


def load_all() -> None:
    """All of the grader that a grading uses, and what that imports where it is first needed."""
    for package in _GRADING:
        path = importlib.import_module(f"grader.{package}").__path__
        for module in pkgutil.walk_packages(path, f"grader.{package}."):
            importlib.import_module(module.name)
    for name in _OF_LIBRARIES:
        importlib.import_module(name)
