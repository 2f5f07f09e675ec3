"""The servers that are graded for time, each in a directory of its own, as learners have them."""

from __future__ import annotations

import compileall
import select
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmark.counter import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

PORT = 4221
PROGRAMS = Path(__file__).parent / "programs"
RIGHT = ROOT / "tests" / "right_servers"
AWKWARD = (
    "endless", "ticking", "spinning", "endless+ticking", "endless+spinning", "ticking+spinning",
    "endless+ticking+spinning",
)  # fmt: skip
_LONGEST_START_S = 30.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server: its directory, and the command that starts it there."""

    name: str
    place: Path
    command: tuple[str, ...]

    def bare_start(self) -> float:
        """Seconds from spawning it until it accepts a connection, with nothing around it."""
        began = time.perf_counter()
        with subprocess.Popen(self.command, cwd=self.place, stdout=subprocess.DEVNULL) as process:
            while not listens() and time.perf_counter() - began < _LONGEST_START_S:
                select.select([], [], [], 0.001)
            took = time.perf_counter() - began
            process.kill()
        return took


def listens() -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", PORT)) == 0


def streams(place: Path) -> Server:
    odd = RIGHT / "odd"
    return _python(place, "streams", odd / "asyncio_streams.py", odd / "right.py")


def finished(place: Path) -> Server:
    return _python(place, "finished", ROOT / "examples" / "finished" / "server.py")


def node(place: Path) -> Server:
    copied = _copied(place / "node", RIGHT / "frameworks" / "node_app.js")
    return Server("node", copied.parent, ("node", copied.name))


def hangs(place: Path) -> Server:
    return _python(place, "hangs", PROGRAMS / "hangs.py")


def awkward(place: Path, kinds: Sequence[str] = AWKWARD) -> list[Server]:
    """In each language that is here, each of these kinds."""
    own = place / "awkward"
    own.mkdir()
    for program in PROGRAMS.glob("awkward.*"):
        _copied(own, program)
    commands: dict[str, tuple[str, ...]] = {"python": (sys.executable, "awkward.py")}
    if shutil.which("node"):
        commands["node"] = ("node", "awkward.js")
    for compiler, words in (
        ("gcc", ("gcc", "-O1", "-o", "in_c", "awkward.c", "-lpthread")),
        ("go", ("go", "build", "-o", "in_go", "awkward.go")),
    ):
        if shutil.which(compiler):
            subprocess.run(words, cwd=own, check=True)
            commands[compiler] = (f"./{words[words.index('-o') + 1]}",)
    return [
        Server(f"{kind} in {'c' if name == 'gcc' else name}", own, (*command, kind))
        for name, command in commands.items()
        for kind in kinds
    ]


def _python(place: Path, name: str, *files: Path) -> Server:
    own = place / name
    for file in reversed(files):
        copied = _copied(own, file)
    compileall.compile_dir(own, quiet=1)  # as it is after its first run
    return Server(name, own, (sys.executable, copied.name))


def _copied(own: Path, file: Path) -> Path:
    own.mkdir(exist_ok=True)
    own.chmod(0o755)
    return Path(shutil.copy(file, own))
