"""A bench from its first turn to its last: with doubles, what is measured and what no more; with a
real server and wrk, what is seen of one that serves a client at a time and then crashes."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from grader.bench.figures import Latencies, LoadFigures
from grader.bench.plan import BenchPlan
from grader.bench.result import Measurement
from grader.bench.run import Bench
from grader.bench.tools import MISSING, TOOLS, LoadOrder, found_tool, version_of
from grader.check.failure import Failure, Kind
from grader.commands.entry import run
from grader.errors import MachineError
from tests import forked

if TYPE_CHECKING:
    from grader.bench.generator import Generator
    from grader.bench.plan import Turn
    from grader.bench.probe import Probe
    from grader.program.host import Host

ROOT = Path(__file__).parents[3]
PATIENCE_S = 600.0  # until a test gives up; nothing is judged by it


@dataclass
class DoubleHost:
    """Launches nothing, and may refuse to."""

    refuses: bool = False
    stopped: int = 0
    files: None = None

    def server(self, *, fresh: bool) -> SimpleNamespace:
        if self.refuses:
            raise Failure(Kind.START, "It does not listen.")
        return SimpleNamespace(address="::1", port=4221)

    def stop(self) -> None:
        self.stopped += 1

    def output_tail(self) -> bytes:
        return b"said"


@dataclass
class DoubleProbe:
    """absent: paths that are not there. fails: after a load with so many clients."""

    absent: str = "-"
    fails: str = "-"

    def why_absent(self, _host: Host, _server: object, path: str, _body: object) -> str:
        return "It is not there." if path.startswith(self.absent) else ""

    def after_load(
        self, host: object, _server: object, _path: str, load: str, *, answered: bool
    ) -> Failure | None:
        of_yours = host is self.yours
        return Failure(Kind.EXIT, f"It ended: {load}.") if of_yours and self.fails in load else None

    yours: object = None


@dataclass
class Doubles:
    """A bench of doubles, and what it did."""

    probe: DoubleProbe
    counts: tuple[int, ...] = (1, 8)
    orders: list[LoadOrder] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    hosts: dict[str, DoubleHost] = field(default_factory=dict)

    def bench(self) -> Bench:
        from grader.bench.plan import SERVERS

        self.hosts = {name: DoubleHost() for name in SERVERS}
        self.probe.yours = self.hosts["yours"]
        figures = LoadFigures(1.0, 10, 0, 0, Latencies(0.1, 0.2, 0.3))

        def load(order: LoadOrder, _server: object) -> Measurement:
            self.orders.append(order)
            return Measurement(figures, None)

        return Bench(
            BenchPlan(self.counts, 1, 7),
            cast("dict[str, Host]", self.hosts),
            cast("Generator", SimpleNamespace(run=load)),
            cast("Probe", self.probe),
            self.turns.append,
        )


def test_each_server_is_measured_on_each_route_in_each_round_and_ended() -> None:
    doubles = Doubles(DoubleProbe())
    results = doubles.bench().measured()
    assert results[0].name == "yours"
    assert len(doubles.orders) == 2 * 2 * 2 * 5
    assert all(host.stopped == 4 for host in doubles.hosts.values())
    assert all(
        len(cell.runs) == 2 for result in results for it in result.cells.values() for cell in it
    )
    urls = {order.url.partition("/files/")[0] for order in doubles.orders}
    assert urls == {"http://[::1]:4221/", "http://[::1]:4221"}


def test_a_route_that_is_not_there_is_not_measured() -> None:
    doubles = Doubles(DoubleProbe(absent="/files/"))
    yours, *_ = doubles.bench().measured()
    assert yours.left_out == {"file": "It is not there."}
    assert list(yours.cells) == ["/"]


def test_a_server_without_any_route_is_launched_once() -> None:
    doubles = Doubles(DoubleProbe(absent="/"))
    assert not any(result.cells for result in doubles.bench().measured())
    assert len(doubles.turns) == 5
    assert not doubles.orders


def test_a_server_in_trouble_is_not_loaded_again_on_that_route() -> None:
    doubles = Doubles(DoubleProbe(fails="1 client requested /files/"))
    yours, *others = doubles.bench().measured()
    (trouble,) = yours.troubles
    assert (trouble.connections, trouble.route, trouble.output) == (1, "file", b"said")
    assert [len(cell.runs) for cell in yours.cells["file"]] == [1]
    assert [len(cell.runs) for cell in yours.cells["/"]] == [2, 2]
    assert not any(other.troubles for other in others)


def test_a_submission_that_does_not_start_is_its_own_fault_and_a_form_is_ours() -> None:
    bench = Doubles(DoubleProbe()).bench()
    cast("DoubleHost", bench.hosts["threaded"]).refuses = True
    with pytest.raises(MachineError, match="threaded form does not start: It does not listen"):
        bench.measured()
    cast("DoubleHost", bench.hosts["yours"]).refuses = True
    with pytest.raises(Failure, match="It does not listen"):
        bench.measured()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 3, MISSING),
        (["--tool", "oha"], 3, "oha is not installed"),
        (["--course", str(ROOT / "examples/courses/key-value")], 2, "has none called blocking"),
        (["--report", "xml"], 2, "there is no report format 'xml' of a bench"),
        (["--connections", "1,2000"], 2, "1,2000 is not a list of numbers from 1 to 1024"),
        (["--seconds", "0"], 2, "'--seconds'"),
    ],
)
def test_what_is_refused_before_anything_is_launched(
    arguments: list[str],
    code: int,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert run(["bench", *arguments, str(ROOT / "examples/finished")]) == code
    out, err = capsys.readouterr()
    assert (out, says in " ".join(err.split())) == ("", True), err


def test_the_first_generator_that_is_installed_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("h2load", "oha"):
        (tmp_path / name).write_text("#!/bin/sh\necho oha 1.4.5\n")
        (tmp_path / name).chmod(0o755)
    tool, program = found_tool(None)
    assert (tool.name, program) == ("oha", str(tmp_path / "oha"))
    assert version_of(tool, program) == "oha 1.4.5"
    assert found_tool("h2load")[0].name == "h2load"


@pytest.mark.parametrize("name", TOOLS)
def test_a_generator_is_given_all_that_was_ordered(name: str) -> None:
    words = TOOLS[name].words(LoadOrder(64, 3, "http://127.0.0.1:4221/"), Path("/log"))
    text = " ".join(words)
    assert words[-1] == "http://127.0.0.1:4221/"
    assert "-c 64" in text
    assert "3s" in words or "3" in words


CRASHES = """
import socket, sys

directory, files = sys.argv[sys.argv.index("--directory") + 1], 0
listener = socket.create_server(("127.0.0.1", 4223), backlog=64)
while True:
    client, _ = listener.accept()
    with client:
        received = b""
        while True:
            try:
                new = client.recv(4096)
                received += new
                if not new:
                    break
                if b"\\r\\n\\r\\n" not in received:
                    continue
                path, received, body = received.split()[1].decode(), b"", b""
                if path.startswith("/files/"):
                    files += 1
                    if files > 3:
                        print("<b>\\x1b[31m too many files")
                        raise RuntimeError("too many files")
                    with open(f"{directory}/{path[7:]}", "rb") as file:
                        body = file.read()
                head = f"HTTP/1.1 200 OK\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n"
                client.sendall(head.encode() + body)
            except OSError:
                break
"""


@pytest.mark.variant
@pytest.mark.e2e
@pytest.mark.skipif(sys.platform != "linux", reason="what is seen of connections is Linux's")
@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
def test_a_server_that_serves_one_client_and_crashes(tmp_path: Path) -> None:

    (tmp_path / "my_server.py").write_text(CRASHES)
    arguments = [
        "bench", "my_server.py", "--connections", "8", "--port", "4223", "--tool", "wrk",
        "--python", sys.executable, "--report", "json:bench.json", "--report", "html:bench.html",
    ]  # fmt: skip
    ended = forked.run(arguments, cwd=tmp_path, env=dict(os.environ), timeout=PATIENCE_S)
    said = " ".join(ended.out.decode().split())
    assert ended.code == 1, (said, ended.err)
    assert (
        "Your server breaks under 8 connections on the 4 MiB file: Your program crashed while"
        in said
    )
    assert "RuntimeError: too many files" in said
    assert "<b>\\x1b[31m too many files" in said
    report = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    servers = {server["name"]: server for server in report["servers"]}
    for server in servers.values():
        (cell,) = [cell for cell in server["cells"] if cell["route"] == "/"]
        assert len(cell["rounds"]) == 2
        assert all(one["answers"] and not one["refused"] for one in cell["rounds"])
    for name in ("yours", "blocking"):
        fast = [cell for cell in servers[name]["cells"] if cell["route"] == "/"]
        assert {one["accepted"] for cell in fast for one in cell["rounds"]} == {1}
    assert servers["yours"]["troubles"][0]["connections"] == 8
    assert "<b>" not in (tmp_path / "bench.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bench.html", "bench.json", "my_server.py",
    ]  # fmt: skip
