"""A class in every form that submissions come in: each right server is graded as right, by whoever
it was handed in, and each archive that is refused has its row."""

from __future__ import annotations

import csv
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.unit.intake.archived import LINK, archive

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bad_input.bench import Bench

SERVER = """\
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

if __name__ != "parts":
    ThreadingHTTPServer(("127.0.0.1", {port}), Handler).serve_forever()
"""
SPY = """\
import glob, os
for pattern in ({place!r} + "/*", {scratch!r} + "/grade-*/**"):
    for path in glob.glob(pattern, recursive=True):
        try:
            text = open(path, "rb").read(4)
        except OSError:
            continue
        if not path.startswith(os.getcwd()):
            raise SystemExit("a neighbour's " + path)
"""
CRASH = "import sys\nsys.exit(1 / 0)\n"


def _handed_in(bench: Bench) -> list[str]:
    """A class; and the arguments that name it."""
    server = SERVER.format(port=bench.port)
    place = bench.place
    archive(
        place / "zip.zip",
        {"zip-main/web.py": server, "zip-main/note.txt": "", "__MACOSX/web.py": "x"},
    )
    archive(place / "xz.tar.xz", {"server.py": "import parts\n" + server, "parts.py": server})
    script = '#!/bin/sh\r\ncd "$(dirname "$0")"\r\nexec python3 inner.py "$@"\r\n'
    archive(place / "script.tgz", {"your_program.sh": script, "inner.py": server})
    spy = SPY.format(place=str(place), scratch=str(bench.scratch))
    archive(place / "spy.zip", {"server.py": spy + server, "note.txt": "own"})
    archive(place / "crash.zip", {"server.py": CRASH})
    archive(place / "evil.zip", {"server.py": server, "link": LINK + "../neighbour"})
    bench.write("broken.zip", "no archive")
    bench.write("photo.jpg", "no program")
    repository = bench.directory("repository")
    (repository / "server.py").write_text(server)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        names = ("-c", "user.name=x", "-c", "user.email=x@x")
        subprocess.run(["git", *names, *words], cwd=repository, check=True)
    bench.write("list.csv", "name,url,login\nFrom Git,repository,git\n")
    bench.write("roster.csv", "login,name\nzip,Zoe\nxz,\nscript,\ncrash,\ngit,\nnobody,Nobody\n")
    named = ("zip.zip", "xz.tar.xz", "script.tgz", "spy.zip", "crash.zip", "evil.zip", "broken.zip")
    return [*named, "photo.jpg", "--from", "list.csv", "--roster", "roster.csv"]


def test_every_form(bench: Bench, tmp_path: Path) -> None:
    outputs = (f"--report=json:{bench.root}/reports/", f"--summary={bench.root}/summary.csv")
    port = ("--port", str(bench.port))
    run = bench.say(*_handed_in(bench), "--stage", "ok", *port, *outputs, expect=1)
    with open(bench.root / "summary.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"]: row["verdict"] for row in rows} == {
        "zip": "passed", "xz": "passed", "script": "passed", "spy": "passed", "crash": "failed",
        "evil": "not_graded", "broken": "not_graded", "From_Git": "passed",
        "Nobody": "not_graded",
    }  # fmt: skip
    why = {row["name"]: row["reason"] for row in rows}
    assert why["evil"] == "evil.zip holds a link link to ../neighbour, which leads out of it"
    assert why["broken"] == "broken.zip cannot be unpacked: it is damaged, or no archive"
    assert why["Nobody"] == "no submission was handed in"
    assert {row["name"]: row["student"] for row in rows}["zip"] == "Zoe"
    for line in (
        "1 file is no program, so not graded: photo.jpg",
        "1 submission from git",
        "zip is started with web.py, its only program",
        "script is started with sh your_program.sh (no x bit, CR LF)",
        "Not in the roster, and graded all the same: spy, evil, broken",
        "1 student of the roster handed in nothing",
    ):
        assert line in run.said
    report = (bench.root / "reports" / "crash.json").read_text()
    assert "server.py:2" in report  # the learner's own file, and where it would lie
    assert f"{bench.place}/crash/server.py" in report
    assert "grade-" not in report


@pytest.mark.sample
def test_a_single_archive(bench: Bench) -> None:
    """It is graded as one submission, with its failures in full."""
    archive(bench.place / "ann.zip", {"ann/server.py": CRASH})
    run = bench.say("ann.zip", "--stage", "ok", expect=1)
    assert "ZeroDivisionError" in run.said
    assert "server.py:2" in run.said
    assert "handed-in" not in run.out
    archive(bench.place / "bob.zip", {"../server.py": CRASH})
    run = bench.say("bob.zip", "--stage", "ok", expect=2)
    assert "bob.zip holds a file called ../server.py, which leads out of it" in run.err
