"""`grade fuzz` as a learner uses it: nothing on right servers, small findings on others, kept
cases, bad input."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests import forked
from tests.fuzz.searches import PATIENCE_S, ROOT, examples, search

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.bad_input.bench import Bench

PYTHON = f"--python={sys.executable}"

# --- right servers --------------------------------------------------------------------------------


@pytest.mark.variant
@pytest.mark.parametrize(
    ("script", "options"), [("right_server.py", ()), ("select_server.py", ("--strict",))]
)
def test_nothing_is_found_on_a_right_server(script: str, options: tuple[str, ...]) -> None:
    """Both, in both ways, for a minute: test_fuzz_slowly."""
    found = search(script, PYTHON, *examples(40), *options)
    assert found.code == 0, found.out + found.err
    assert re.search(
        r"NOTHING FOUND: 40 conversations, \d+ requests in \d+\.\d s, seed 1$", found.said
    )
    assert found.err == ""


@pytest.mark.variant
@pytest.mark.parametrize("server", ["streams", "threaded"])
def test_nothing_is_found_on_the_reference_itself(server: str) -> None:
    found = search(
        *examples(40),
        "--strict",
        where=ROOT,
        command=[sys.executable, "-m", "reference", "--server", server],
    )
    assert found.code == 0, found.out + found.err


def test_an_early_server_is_asked_what_it_was_taught() -> None:
    found = search("right_server.py", PYTHON, *examples(20), "--up-to", "paths")
    assert found.code == 0
    assert "right_server.py: ok, paths; seed 1, 3600 s or 20 examples" in found.said


# --- broken servers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "options", "field"),
    [
        ("ok/line_end_after_the_body.py", ("--stage", "ok"), "bytes after the answer"),
        ("echo/known_word_anywhere.py", ("--stage", "echo"), "status"),
        ("echo/says_text_html.py", ("--stage", "echo"), "media type"),
        ("echo/no_length.py", ("--stage", "echo"), "end of the answer"),
        ("headers/case_sensitive.py", ("--stage", "headers"), "body"),
        ("headers/needs_the_space.py", ("--stage", "headers", "--strict"), "body|status"),
        ("concurrency/one_at_a_time.py", ("--stage", "concurrency"), "answer"),
        ("files/appends.py", ("--stage", "files"), "file"),
        ("files/no_guard.py", ("--stage", "files"), "bounds of the directory"),
        ("gzip/whole_value.py", ("--stage", "gzip"), "coding"),
        ("keep-alive/closes_after_each.py", ("--stage", "keep-alive"), "connection"),
        ("keep-alive/leaves_the_body.py", (), "status"),
    ],
)
def test_a_fault_is_found(script: str, options: tuple[str, ...], field: str) -> None:
    """One for each field; more of them: test_fuzz_kinds."""
    found = search(script, PYTHON, *examples(800), *options)
    assert found.code == 1, found.out + found.err
    assert re.fullmatch(field, found.field or ""), found.out
    assert re.search(
        r"FOUND a difference: \d+ conversations?, \d+ requests? in \d+\.\d s, seed 1 ", found.said
    )
    for label in ("problem", "sent", "reference", "by hand"):
        assert re.search(rf"^ +(#\d+ )?{label} ", found.out, re.MULTILINE), found.out


def test_a_finding_is_small_and_shows_its_cuts() -> None:
    found = search("files/one_recv_for_small_bodies.py", PYTHON, *examples(800), "--stage", "files")
    assert found.code == 1, found.out
    sent = [line for line in found.out.splitlines() if re.match(r" +sent ", line)]
    assert len(sent) >= 2, found.out  # the head, and the body in a piece of its own
    assert "sleep 0.3" in found.said


def test_a_program_that_dies_of_a_request(bench: Bench) -> None:
    bench.program("right.py")
    bench.write(
        "submission/right.py",
        "import os\nfrom listener import ask, HEAD, serve\n\n"
        "def answer(connection):\n"
        "    head = ask(connection)\n"
        "    if b'DNT' in head:\n        os._exit(3)\n"
        "    connection.sendall(HEAD + b'2\\r\\n\\r\\nok')\n\n"
        "serve(answer)\n",
    )
    options = (*examples(100), "--stage", "ok", "--port", str(bench.port))
    found = search("submission/right.py", PYTHON, *options, where=bench.place)
    assert found.code == 1, found.out + found.err
    assert found.field == "answer"
    assert "Your program ended with exit status 3 while handling this request" in found.said
    assert "DNT: 1" in found.said


def test_a_program_that_does_not_start(bench: Bench) -> None:
    bench.program("exits_with_1.py")
    found = search(
        "submission/exits_with_1.py", PYTHON, "--port", str(bench.port), where=bench.place
    )
    assert found.code == 1
    assert "Your server MUST start before it can be compared" in found.said


# --- cases that are kept --------------------------------------------------------------------------

WRONG = """
from right_server import Server


class Broken(Server):
    def listen(self):
        import socket
        return socket.create_server(("localhost", {port}))

    def echo_text(self, path):
        return {answer}


Broken.main()
"""


def _write(bench: Bench, answer: str) -> None:
    bench.write(
        "mine/right_server.py", (ROOT / "tests" / "submissions" / "right_server.py").read_text()
    )
    bench.write("mine/server.py", WRONG.format(port=bench.port, answer=answer))


def _grade(bench: Bench, *options: str) -> tuple[int, Mapping[str, Any], str, str]:
    where = (f"--port={bench.port}", f"--report=json:{bench.report_path}")
    words = ("mine/server.py", PYTHON, "--stage=echo", *where, *options)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = forked.run(words, cwd=bench.place, env=environment, timeout=PATIENCE_S)
    written = json.loads(bench.report_path.read_text())
    return ended.code, written, ended.out.decode(), ended.err.decode()


def test_a_finding_is_kept_and_asked_again(bench: Bench) -> None:
    _write(bench, "super().echo_text(path).replace('~', '')")
    found = search(
        "mine",
        PYTHON,
        *examples(1500),
        "--stage",
        "echo",
        "--port",
        str(bench.port),
        "--save",
        where=bench.place,
    )
    assert found.code == 1, found.out + found.err
    (kept,) = (bench.place / "mine" / ".grade" / "cases").iterdir()
    name = f"saved-{kept.stem}"
    assert (
        f"saved: .grade/cases/{kept.name}; from now on grade checks it too, as echo/{name}"
        in found.said
    )
    assert json.loads(kept.read_text())["requests"] == [
        {"method": "GET", "target": "/echo/~", "connection": 1}
    ]

    code, report, out, err = _grade(bench)
    *_, check = report["stages"][0]["checks"]
    assert (code, err) == (0, "")
    assert (check["id"], check["level"], check["verdict"]) == (f"echo/{name}", "advice", "failed")
    assert (check["points"], check["max_points"]) == (0, 0)
    assert "A saved case gets the answer of the reference" in out

    _write(bench, "super().echo_text(path)")
    code, report, _, _ = _grade(bench, "--strict")
    *others, check = report["stages"][0]["checks"]
    assert (check["verdict"], check["max_points"]) == ("passed", 0)
    assert report["max_score"] == sum(other["max_points"] for other in others)
    assert code == 0


def test_a_folder_that_means_harm_costs_a_warning_and_no_point(bench: Bench) -> None:
    _write(bench, "super().echo_text(path)")
    clean = _grade(bench)
    bench.write("mine/.grade/cases/a.json", "[" * 100_000)
    bench.write(
        "mine/.grade/cases/b.json", '{"stage": "echo", "requests": [{"target": "/ \\r\\n"}]}'
    )
    os.mkfifo(bench.place / "mine" / ".grade" / "cases" / "c.json")
    os.symlink("/etc/passwd", bench.place / "mine" / ".grade" / "cases" / "d.json")
    code, report, _, err = _grade(bench)
    assert code == clean[0] == 0
    assert report["score"] == clean[1]["score"]
    assert report["max_score"] == clean[1]["max_score"]
    assert [line.split(" is ignored: ")[0] for line in err.splitlines()] == [
        f"grade: the saved case .grade/cases/{name}.json" for name in "abcd"
    ]


# --- the command line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("",), "nothing to grade:"),
        (("no_such.py",), "there is no file no_such.py"),
        (("right_server.py", "--stage", "ehco"), "there is no stage 'ehco'; did you mean 'echo'?"),
        (
            ("right_server.py", "--stage", "bind-port"),
            "the selected stages have no requests to compare",
        ),
        (
            ("right_server.py", "--stage", "5", "--up-to", "6"),
            "use either --stage or --up-to",
        ),
        (("right_server.py", "--seconds", "0"), "0 is not a number from 0.1 to 86400"),
        (("right_server.py", "--seconds", "soon"), "soon is not a number from 0.1 to 86400"),
        (("right_server.py", "--seconds", "nan"), "nan is not a number from 0.1 to 86400"),
        (("right_server.py", "--examples", "0"), "0 is not in the range"),
        (("right_server.py", "--seed", "today"), "'today' is not a valid integer"),
        (("right_server.py", "--report", "json"), "No such option '--report'"),
        (("right_server.py", "--sandbox", "on"), "'on' is not one of"),
        (("right_server.py", "--course", "nowhere"), "which is not a directory"),
        (
            ("right_server.py", "--", "python3", "right_server.py"),
            "give either a SUBMISSION or a command after --",
        ),
    ],
)
def test_what_is_typed_wrong(arguments: tuple[str, ...], sentence: str) -> None:
    found = search(*arguments)
    assert found.code == 2, found.out + found.err
    assert found.out == ""
    assert sentence in " ".join(found.err.split())


def test_a_case_that_cannot_be_kept(bench: Bench) -> None:
    _write(bench, "''")
    bench.write("mine/.grade", "not a folder")
    found = search(
        "mine",
        PYTHON,
        *examples(100),
        "--stage",
        "echo",
        "--port",
        str(bench.port),
        "--save",
        where=bench.place,
    )
    assert found.code == 3
    assert "FOUND a difference" in found.said
    assert "cannot save the case as .grade/cases/" in found.err


def test_ctrl_c_leaves_at_once_and_nothing_behind(bench: Bench) -> None:
    bench.program("right.py")
    command = bench.command(
        "fuzz",
        "submission/right.py",
        PYTHON,
        "--stage",
        "ok",
        "--seconds",
        "3600",
        "--port",
        str(bench.port),
    )
    with bench.started(command) as running:
        running.until(lambda: running.is_connected(bench.port), "a connection")
        running.press_ctrl_c()
        out, err = running.process.communicate()
    run = bench.finished(running.process.returncode, out, err)
    assert run.code == 130
    assert run.err.split() == ["interrupted"]


def test_help_is_where_it_is_looked_for() -> None:
    assert "grade fuzz [SUBMISSION]" in _help()
    assert "--seconds" in _help("fuzz")


def _help(*command: str) -> str:
    ended = forked.run([*command, "--help"], cwd=ROOT, env=os.environ, timeout=PATIENCE_S)
    assert ended.code == 0
    return ended.out.decode()


def test_those_who_only_grade_do_not_wait_for_hypothesis(tmp_path: Path) -> None:
    asked = (
        "import sys, grader.commands.entry, grader.commands.grading;"
        " print('hypothesis' in sys.modules, 'grader.comparing.judge' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "False False\n"
