"""`pytest --submission`: as whoever has pytest expects it, and nothing of the grader without it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench, Finished

ROOT = Path(__file__).parents[2]
PLUGIN = "grader.pytest_plugin"
PLAIN = {"COLUMNS": "200", "PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""Other plugins take longer to load than a stage to be graded."""

SERVER = r"""
import socket, threading

def served(client):
    data = b""
    while True:
        while b"\r\n\r\n" not in data:
            if not (more := client.recv(4096)):
                return client.close()
            data += more
        head, _, data = data.partition(b"\r\n\r\n")
        path = head.split(b" ")[1]
        client.sendall(answer(path))

def answer(path):
    if path == b"/":
        return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    if path.startswith(b"/echo/"):
        print("\n::error::forged\n##[error]forged \x1b[31m\0", flush=True)
        text = path[6:]
        length = b"Content-Length: %d\r\n\r\n" % len(text)
        return b"HTTP/1.1 200 OK\r\nX: \x1b[2J]]>\r\nContent-Type: text/plain\r\n" + length + text
    return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

listener = socket.create_server(("127.0.0.1", 4221))
while True:
    threading.Thread(target=served, args=(listener.accept()[0],), daemon=True).start()
"""
"""Right but for a query in *paths*, which is advice, and for *echo*, where it is hostile."""

RIGHT = SERVER.replace(r"X: \x1b[2J]]>\r\n", "").replace(
    "path == b", "path.partition(b'?')[0] == b"
)
FILE = "learner/server.py"


@pytest.fixture
def learner(bench: Bench) -> Bench:
    """Where a server lies in a directory with a conftest.py and a test of its author."""
    bench.write(FILE, SERVER)
    for name in ("conftest.py", "test_own.py"):
        bench.write(f"learner/{name}", "raise SystemExit('loaded')\n")
    bench.write("test_mine.py", "def test_mine(): pass\n")
    return bench


def run(bench: Bench, *arguments: str, submission: str = FILE) -> Finished:
    """pytest with these arguments."""
    words = ["-P", "-m", "pytest", "-p", PLUGIN, f"--submission={submission}", *arguments]
    words += [f"--basetemp={bench.root / 'base'}"]
    with bench.started([sys.executable, *words], PLAIN) as running:
        out, err = running.process.communicate()
    return bench.finished(running.process.returncode, out, err)


def outcomes(junit: Path) -> dict[str, str]:
    """By `echo.slashes` what became of each test."""
    found = {}
    for case in ET.parse(junit).getroot().iter("testcase"):
        stage = case.attrib["classname"].rpartition(".")[2]
        kind = [child for child in case if child.tag != "properties"]
        named = "xfail" if kind and kind[0].get("type") == "pytest.xfail" else ""
        found[f"{stage}.{case.attrib['name']}"] = named or (kind[0].tag if kind else "passed")
    return found


@pytest.mark.sample
def test_nothing_of_ours_is_loaded_without_the_option(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("def test_it(): pass\n")
    script = (
        "import json, pytest, sys\n"
        f"assert pytest.main(['-q', '-p', {PLUGIN!r}]) == 0\n"
        "names = ('grader', 'reference', 'stages')\n"
        "ours = [it for it in sys.modules if it.split('.')[0] in names]\n"
        "print(json.dumps(sorted(ours)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, **PLAIN, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1]) == ["grader", PLUGIN]


@pytest.mark.sample
def test_each_check_is_a_test(learner: Bench) -> None:
    """And bytes of the server stand in no log, and make no XML, but as text."""
    junit = learner.root / "junit.xml"
    done = run(learner, "--submission-stage=3-4", f"--junitxml={junit}", "-rx")

    found = outcomes(junit)
    assert done.code == 1
    assert found["paths.unknown_is_404"] == "passed"
    assert found["paths.query_keeps_the_route"] == "xfail"
    assert found["echo.returns_the_text"] == "failure"
    assert found["echo.any_length"] == "skipped"
    assert {name.partition(".")[0] for name in found} == {"paths", "echo"}, "no test of a file"
    assert "GET /echo/{text} returns the text" in done.out
    assert "by hand   " in done.out
    assert "Traceback" not in done.out
    assert re.search(
        r"grade --check echo/returns_the_text --seed \d+ --hint learner/server.py", done.out
    )
    assert "XFAIL learner/server.py::paths::query_keeps_the_route - not required" in done.out
    assert not re.search(r"^\s*::error|##\[error", done.out, re.MULTILINE)


@pytest.mark.variant
@pytest.mark.e2e
def test_what_failed_is_repeated_alone_under_xdist(learner: Bench) -> None:
    """And in an empty place: that of the run before."""
    learner.write("test_mine.py", "")
    asked = ("--submission-stage=3-4", "--submission-strict")
    first = run(learner, *asked, "-p", "xdist", "-n2")
    assert first.code == 1
    failed = set(re.findall(r"^FAILED (\S+)", first.out, re.MULTILINE))
    assert failed == {
        f"{FILE}::paths::query_keeps_the_route", f"{FILE}::echo::returns_the_text",
    }  # fmt: skip

    learner.write(FILE, RIGHT)
    again = run(learner, *asked, "--lf", "-v")
    assert again.code == 0, again.out
    assert set(re.findall(rf"^({FILE}::\S+) PASSED", again.out, re.MULTILINE)) == failed


@pytest.mark.e2e
def test_an_ide_runs_single_tests(learner: Bench) -> None:
    """In a process with a second thread, by absolute names, among other tests; and again in the
    same process."""
    script = (
        "import pytest, sys, threading\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "class Ide:\n"
        "    def pytest_sessionfinish(self, session):\n"
        "        for item in session.items:\n"
        "            print('\\nSEEN', item.nodeid, item.path, item.location[0])\n"
        f"for _ in range(2):\n"
        f"    code = pytest.main(['-p', {PLUGIN!r}, *sys.argv[1:]], plugins=[Ide()])\n"
        "sys.exit(code)\n"
    )
    path = learner.place / FILE
    words = [f"--submission={FILE}", f"{path}::paths::unknown_is_404", "test_mine.py"]
    with learner.started([sys.executable, "-c", script, *words], PLAIN) as running:
        out, err = running.process.communicate()
    done = learner.finished(running.process.returncode, out, err)
    assert done.code == 0
    assert done.out.count("2 passed") == 2
    assert done.out.count(f"SEEN {FILE}::paths::unknown_is_404 {path} {FILE}\n") == 2
    assert done.out.count("SEEN test_mine.py::test_mine") == 2


@pytest.mark.e2e
def test_an_interruption_leaves_nothing_behind(learner: Bench) -> None:
    """The grader waits 15 s for an answer that goes on and on."""
    learner.write(
        FILE,
        "import socket, time\n"
        "client = socket.create_server(('', 4221)).accept()[0]\n"
        "client.sendall(b'HTTP/1.1 200 OK\\r\\nX: ')\n"
        "while True:\n    time.sleep(0.05)\n    client.sendall(b'a')\n",
    )
    words = [sys.executable, "-P", "-m", "pytest", "-p", PLUGIN, f"--submission={FILE}"]
    # A shell that starts the tests in the background has SIGINT ignored, and Python leaves it so.
    words = ["env", "--default-signal=INT", *words]
    with learner.started([*words, "--submission-stage=ok"], PLAIN) as running:
        running.until(lambda: running.is_connected(4221), "a connection")
        running.press_ctrl_c()
        out, err = running.process.communicate()
    done = learner.finished(running.process.returncode, out, err)
    assert done.code == pytest.ExitCode.INTERRUPTED, done.out
    assert "KeyboardInterrupt" in done.out


def test_a_word_that_names_no_test_is_refused(learner: Bench) -> None:
    done = run(learner, f"{FILE}::ecko")
    assert done.code == pytest.ExitCode.USAGE_ERROR
    assert "did you mean 'echo'?" in done.err
