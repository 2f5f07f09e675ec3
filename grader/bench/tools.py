"""The load generators that can be used: how each is called, and what reads what it prints."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from grader.bench import h2load, oha, wrk
from grader.errors import MachineError
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.bench.figures import LoadFigures

MISSING: Final = (
    "no load generator is installed: install wrk (Debian, Ubuntu: apt-get install wrk; Fedora:"
    " dnf install wrk; macOS: brew install wrk), or oha, or h2load"
)
_PATIENCE_S: Final = 10


class LoadOrder(Value, frozen=True):
    """One run of a generator: clients at a time, seconds, and what they ask for."""

    connections: int
    seconds: int
    url: str

    @property
    def threads(self) -> int:
        """Of the generator: two, so that it is not the generator that is measured."""
        return min(2, self.connections)

    @property
    def longest_s(self) -> int:
        """So long it may take: what is on its way when the time is over is waited for by some."""
        return self.seconds + _PATIENCE_S


class LoadTool(Value, frozen=True):
    """words: the arguments of a run, given a path for a log. read: what is printed, and the log,
    into figures; raises `UnreadOutput`."""

    name: str
    version: tuple[str, ...]
    words: Callable[[LoadOrder, Path], tuple[str, ...]]
    read: Callable[[str, str], LoadFigures]


def _wrk(order: LoadOrder, _log: Path) -> tuple[str, ...]:
    return (
        "--latency", "--timeout", f"{order.longest_s}s", "-t", str(order.threads),
        "-c", str(order.connections), "-d", f"{order.seconds}s", order.url,
    )  # fmt: skip


def _oha(order: LoadOrder, _log: Path) -> tuple[str, ...]:
    return (
        "--no-tui", "--output-format", "json", "-c", str(order.connections),
        "-z", f"{order.seconds}s", order.url,
    )  # fmt: skip


def _h2load(order: LoadOrder, log: Path) -> tuple[str, ...]:
    return (
        "--h1", "-t", str(order.threads), "-c", str(order.connections), "-D", str(order.seconds),
        f"--log-file={log}", order.url,
    )  # fmt: skip


TOOLS: Final = {
    "wrk": LoadTool("wrk", ("-v",), _wrk, lambda printed, _: wrk.read(printed)),
    "oha": LoadTool("oha", ("--version",), _oha, lambda printed, _: oha.read(printed)),
    "h2load": LoadTool("h2load", ("--version",), _h2load, h2load.read),
}
"""The first that is installed is used."""


def found_tool(wanted: str | None) -> tuple[LoadTool, str]:
    """The generator and the path of its program. wanted: by name; None for the first one that is
    here. Raises `MachineError` with what to install."""
    for name in [wanted] if wanted else TOOLS:
        if program := shutil.which(name):
            return TOOLS[name], program
    raise MachineError(
        f"{wanted} is not installed; without --tool another one is used" if wanted else MISSING
    )


def version_of(tool: LoadTool, program: str) -> str:
    """Its name and version, as it says them; the name alone where it does not."""
    try:
        said = subprocess.run(
            [program, *tool.version], capture_output=True, text=True, errors="replace",
            timeout=_PATIENCE_S, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return tool.name
    number = re.search(r"\d+\.\d+[\w.+-]*", said.stdout + said.stderr)
    return f"{tool.name} {number[0]}" if number else tool.name
