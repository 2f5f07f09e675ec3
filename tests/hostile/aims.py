"""What a hostile program aims at: files, servers and a terminal that the test has made for it, and
the test itself."""

from __future__ import annotations

import json
import os
import random
import re
import socket
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import copy
from typing import Self

from grader.isolation.locks import make_locked
from tests.bad_input.bench import PROGRAMS as BAD_INPUT
from tests.bad_input.bench import ROOT, Bench
from tests.hostile.keyring import revoke, session_key
from tests.hostile.traces import Marks

PROGRAMS = Path(__file__).parent / "programs"
SECRET = "what only the grader's environment holds"
_COURSE = ("stages.yaml", "stages/ok/checks.py", "reference/course.py", "grader/engine/runner.py")
_MANY = 20


class Aims:
    """A bench with targets around it, which end when the context is left. One is what another run
    keeps."""

    def __init__(self, root: Path, scratch: Path) -> None:
        port, *ports = _own_ports()
        self.bench = Bench(root, scratch, port)
        self._ending = ExitStack()
        self._before: dict[Path, bytes] = {}
        places = (str(root), str(scratch))
        self.marks = Marks(
            places, f"made-by-a-submission-{port}", (port, *ports), random.getrandbits(30)
        )

    def __enter__(self) -> Self:
        other, self._other = make_locked(
            lambda: self.bench.scratch / f"grade-{os.urandom(8).hex()}"
        )
        self._files = [
            self._secret(other / "brief"),
            self._secret(other / "copy-0" / "server.py"),
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
        self._key_name = f"aimed-at-{os.getpid()}-{self.bench.port}"
        self._key = session_key(self._key_name, SECRET)
        self._master, self._slave = os.openpty()
        threading.Thread(target=self._echo, daemon=True).start()
        return self

    def _secret(self, name: str | Path) -> Path:
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
        revoke(self._key)
        os.close(self._other)
        for descriptor in (self._master, self._slave):
            os.close(descriptor)

    def changed(self) -> list[str]:
        """The targets that are not what they were."""
        now = {path: path.read_bytes() if path.exists() else None for path in self._files}
        return [str(path) for path, content in self._before.items() if now[path] != content]

    def program(self, name: str) -> Path:
        """One of the programs here or of the bad input, in a directory of its own, with what it
        aims at."""
        directory = self.bench.directory("submission")
        copy((PROGRAMS if (PROGRAMS / name).exists() else BAD_INPUT) / name, directory)
        for module in (PROGRAMS / "attempt.py", BAD_INPUT / "listener.py"):
            text = module.read_text().replace("PORT = 4221", f"PORT = {self.bench.port}")
            self.bench.write(f"submission/{module.name}", text)
        self.bench.write("submission/targets.json", json.dumps(self._targets()))
        return directory / name

    def _targets(self) -> dict[str, object]:
        return {
            "made": [str(path) for path in self._files if not path.is_relative_to(ROOT)],
            "other": str(self._files[0].parent), "files": [str(path) for path in self._files],
            "report": str(self.bench.report_path), "secret": SECRET,
            "mark": f"--port\0{self.bench.port}", "pid": os.getpid(),
            "processes": os.readlink("/proc/self/ns/pid"), "tcp": self._tcp.getsockname()[1],
            "udp": self._udp.getsockname()[1], "ports": self.marks.ports[1:],
            "addresses": _addresses(), "abstract": self._abstract.getsockname()[1:].decode(),
            "unix": str(self.bench.root / "unix.sock"), "terminal": os.ttyname(self._slave),
            "scratch": str(self.bench.scratch), "left": self.marks.left, "key": self.marks.key,
            "session_key": self._key, "session_key_name": self._key_name,
        }  # fmt: skip


def _own_ports() -> range:
    """Ports that no other process of ours tries, nor the kernel gives to anybody: a block by our
    own number."""
    first = 10_000 + os.getpid() % 1000 * _MANY
    return range(first, first + _MANY)


def _addresses() -> list[str]:
    """The addresses of this machine, where servers of others may listen."""
    try:
        said = Path("/proc/net/fib_trie").read_text()
    except OSError:
        return []
    return sorted(
        set(re.findall(r"-- (\d+\.\d+\.\d+\.\d+)\n\s+/32 host LOCAL", said)) - {"127.0.0.1"}
    )
