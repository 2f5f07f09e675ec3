"""What a hostile program aims at: files, servers and a terminal that the test has made for it, and the test itself."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import copy
from typing import Self

import pytest

from tests.bad_input.bench import ROOT, Bench, Finished

PROGRAMS = Path(__file__).parent / "programs"
SECRET = "what only the grader's environment holds"
_COURSE = ("stages.yaml", "stages/ok/checks.py", "reference/course.py", "grader/runner.py")


class Aims:
    """A bench with targets around it. Leaving the context ends them; what the program did to them is asserted."""

    def __init__(self, root: Path, scratch: Path, port: int) -> None:
        self.bench = Bench(root, scratch, port)
        self._ending = ExitStack()
        self._before: dict[Path, bytes] = {}

    def __enter__(self) -> Self:
        root = self.bench.root
        self._files = [
            self._secret("place/neighbour/server.py"),
            self._secret("place/results.json"),
            self._secret(".ssh/id_ed25519"),
            self._secret("notes.txt"),
            *(ROOT / name for name in _COURSE),
        ]
        self._before = {path: path.read_bytes() for path in self._files}
        self._tcp = self._ending.enter_context(socket.create_server(("127.0.0.1", 0)))
        self._udp = self._ending.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self._udp.bind(("127.0.0.1", 0))
        self._abstract = self._listening("\0" + f"hostile-{os.getpid()}-{self.bench.port}")
        self._unix = self._listening(os.path.relpath(self.bench.root / "unix.sock"))
        self._master, self._slave = os.openpty()
        threading.Thread(target=self._echo, daemon=True).start()
        assert root.exists()
        return self

    def _secret(self, name: str) -> Path:
        path = self.bench.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{SECRET}, in {name}")
        return path

    def _listening(self, name: str) -> socket.socket:
        listener = self._ending.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(name)
        listener.listen()
        return listener

    def _echo(self) -> None:
        with suppress(OSError):
            while True:
                data, sender = self._udp.recvfrom(9)
                self._udp.sendto(data, sender)

    def __exit__(self, *_: object) -> None:
        self._ending.close()
        for descriptor in (self._master, self._slave):
            os.close(descriptor)
        assert {path: path.read_bytes() for path in self._files} == self._before
        assert not [
            name
            for name in ("/usr", "/etc", "/tmp", "/var/tmp", "/dev/shm")
            if Path(name, "made-by-a-submission").exists()
        ]

    def program(self, name: str) -> Path:
        """One of the programs here, in a directory of its own, with what it aims at."""
        directory = self.bench.directory("submission")
        copy(PROGRAMS / name, directory)
        listener = (PROGRAMS / "attempt.py").read_text()
        self.bench.write("submission/attempt.py", listener.replace("PORT = 4221", f"PORT = {self.bench.port}"))
        targets = {
            "made": [str(path) for path in self._files if path.is_relative_to(self.bench.root)],
            "files": [str(path) for path in self._files], "report": str(self.bench.report_path), "secret": SECRET,
            "mark": f"--port\0{self.bench.port}", "pid": os.getpid(),
            "tcp": self._tcp.getsockname()[1], "udp": self._udp.getsockname()[1],
            "addresses": _addresses(), "abstract": self._abstract.getsockname()[1:].decode(),
            "unix": str(self.bench.root / "unix.sock"), "terminal": os.ttyname(self._slave),
        }  # fmt: skip
        self.bench.write("submission/targets.json", json.dumps(targets))
        return directory / name

    def grade(self, rung: str, name: str, *options: str, expect: int) -> Finished:
        """Run one of the programs on a rung; skips, with the reason, where the rung does not work.

        That no process, no file and no change is left is asserted by the bench; the rest here.
        """
        program = self.program(name)
        self._require(rung, program)
        before = Path("/proc/self/mountinfo").read_text()
        self.bench.sandbox = rung
        finished = self.bench.grade(program, *options, environment={"GRADER_SECRET": SECRET}, expect=expect)
        assert finished.report is not None
        assert finished.report["environment"]["isolation"]["rung"] == rung
        assert Path("/proc/self/mountinfo").read_text() == before
        with socket.create_server(("127.0.0.1", self.bench.port)):  # nobody holds it any more
            return finished

    def _require(self, rung: str, program: Path) -> None:
        """Skip where the rung does not work. A run without the port in use would say the same, and take longer."""
        source = (
            "import os, sys, tempfile; from pathlib import Path; from grader.isolation import LADDER, Needs\n"
            "with tempfile.TemporaryDirectory() as scratch:\n"
            "    print(LADDER[sys.argv[1]](Path(scratch), Needs(Path(sys.argv[2]), (sys.argv[3],))).missing())"
        )
        command = [sys.executable, "-c", source, rung, str(program.parent), sys.executable]
        missing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        if missing:
            pytest.skip(f"no {rung} here: {missing}")


def _addresses() -> list[str]:
    """The addresses of this machine, where servers of others may listen."""
    try:
        said = Path("/proc/net/fib_trie").read_text()
    except OSError:
        return []
    return sorted(set(re.findall(r"-- (\d+\.\d+\.\d+\.\d+)\n\s+/32 host LOCAL", said)) - {"127.0.0.1"})
