"""`grade launch` as a user meets it: what it says, how it ends, and what it leaves behind, which is
nothing."""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from grader.check.random_inputs import RandomInputs
from grader.commands.selection import select
from grader.course import course_root, load_checks, load_course
from grader.launching.echoed_output import EchoedOutput
from grader.launching.prepared_files import put_files
from grader.program.served_directory import SharedFiles
from tests.unit.tiny_servers import free_port

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAMS = ROOT / "tests" / "bad_input" / "programs"
IN_A_NETWORK = f"""
import os, sys
sys.path[:0] = [{str(HERE)!r}, {str(ROOT)!r}]
import stand
stand.in_its_own_network()
os.execv(sys.executable, [sys.executable, "-m", "grader", "launch", *sys.argv[1:]])
"""


def started(*words: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", IN_A_NETWORK, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TMPDIR": "/tmp"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ran(*words: str | Path) -> tuple[int, str]:
    """One that ends by itself: its exit code, and what it said."""
    with started(*words) as launched:
        said = launched.communicate(timeout=120)[0]
    return launched.returncode, said


def test_what_the_program_prints_is_shown_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    program = tmp_path / "server.py"
    program.write_text(
        "import os, socket, sys\n"
        "listener = socket.create_server(('127.0.0.1', 4221))\n"
        # in one piece
        "sys.stdout.write(f'at {sys.argv[2]} {os.listdir(sys.argv[2])} caf\\u00e9 \\x1b[31m\\n')\n"
        "listener.accept()\n"
    )
    with started("--stage", "files", program) as launched:
        assert launched.stdout is not None
        said = ""
        while "at /" not in said or "DIR=" not in said:
            said += launched.stdout.readline()
        launched.send_signal(signal.SIGINT)
        said += launched.stdout.read()
    place = re.search(r"DIR=(\S+)", said)
    assert place
    assert f"at {place[1]} [] café \\x1b[31m\n" in said
    assert "isolation: " in said
    assert said.endswith("\nstopped\n")
    assert launched.returncode == 0
    assert not Path(place[1]).parent.exists()


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("exits_with_1.py", "before it listened"),
        ("other_port.py", "not on port 4221"),
    ],
)
def test_a_program_that_does_not_come_to_listen(program: str, says: str) -> None:
    code, said = ran("--stage", "ok", PROGRAMS / program)
    assert (code, " ".join(said.split()).count(says)) == (1, 1), said


def test_a_program_that_ends(tmp_path: Path) -> None:
    program = tmp_path / "server.py"
    program.write_text(
        "import socket\n"
        "socket.create_server(('127.0.0.1', 4221))\n"
        "listener = None\n"
        "raise SystemExit(3)\n"
    )
    code, said = ran("--stage", "ok", program)
    assert code == 1
    assert "our program ended with exit status 3" in said


def test_the_files_are_those_of_one_check(tmp_path: Path) -> None:
    program = tmp_path / "server.py"
    program.write_text("import os, sys\nprint(os.listdir(sys.argv[2]))\nraise SystemExit(3)\n")

    _, alone = ran("--check", "not-found-page/uses_the_page_of_the_site", "--seed", "4", program)
    _, all_of_them = ran("--stage", "not-found-page", "--seed", "4", program)

    assert "['404.html']" in alone
    assert "'index.html'" in all_of_them


def test_a_server_that_closes_first_is_launched_again_at_once(tmp_path: Path) -> None:
    """In the machine's own network it would wait for a minute, when it does not know
    SO_REUSEADDR."""
    program, port = tmp_path / "server.py", free_port()
    program.write_text(
        "import socket\n"
        "listener = socket.socket()\n"
        f"listener.bind(('127.0.0.1', {port}))\n"
        "listener.listen()\n"
        "while True:\n"
        "    listener.accept()[0].close()\n"
    )
    command = [
        sys.executable,
        "-m",
        "grader",
        "launch",
        "--stage=ok",
        f"--port={port}",
        str(program),
    ]
    for _ in range(2):
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as launched:
            assert launched.stdout is not None
            said = ""
            while (line := launched.stdout.readline()) and "Listening" not in line:
                said += line
            assert line, said
            with socket.create_connection(("127.0.0.1", port)) as client:
                assert client.recv(1) == b""
            launched.send_signal(signal.SIGINT)
            assert launched.stdout.read().endswith("stopped\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["server.py"], "give --stage STAGE, or --check STAGE/NAME"),
        (["--stage", "1-3", "server.py"], "--stage takes one stage (5, echo), not '1-3'"),
        (["--stage", "fils", "server.py"], "there is no stage 'fils'; did you mean 'files'?"),
        (["--stage", "ok", ""], "nothing to grade:"),
        (["--stage", "ok", "server.py", "--", "true"], "not both"),
    ],
)
def test_a_wrong_command_line_is_said(words: list[str], says: str) -> None:
    code, said = ran(*words)
    assert code == 2
    assert says in " ".join(said.split())


def test_the_files_of_a_run_are_there(tmp_path: Path) -> None:
    course = load_course(course_root(), only=())
    (stage,) = select(course, stages=["files"])
    files = SharedFiles(tmp_path)
    put_files(load_checks(stage), 4, 4221, files)
    words = RandomInputs(4, "files/serves_a_file")
    content = f"{words.word()} {words.word()}".encode()
    assert files.read(words.name()) == content
    names = [RandomInputs(4, "files/encoded_name")] * 2
    assert (files.directory / f"{names[0].word()} {names[0].name()}").is_file()
    words = RandomInputs(4, "files/dots_stay_inside")
    name, secret = words.word(), words.word(40).encode()
    assert files.read(f"../{name}") == secret


def test_output_in_pieces_is_put_together_and_escaped() -> None:
    stream = io.StringIO()
    voice = EchoedOutput(stream)
    for piece in (b"one\r", b"\ntwo\xc3", b"\xa9 \x1b[2J", b"\xff\r"):
        voice.hear(piece)
    voice.end()
    assert stream.getvalue() == "one\ntwoé \\x1b[2J\\xff\\r"


def test_our_own_lines_never_stand_behind_an_open_one() -> None:
    stream = io.StringIO()
    voice = EchoedOutput(stream)
    voice.say(["ours"])
    voice.hear(b"whole\n")
    voice.say(["ours"])
    voice.hear(b"open")
    voice.say(["ours", "ours"])
    voice.say(["ours"])
    assert stream.getvalue() == "ours\nwhole\nours\nopen\nours\nours\nours\n"


def test_nobody_listens_to_the_output_any_more() -> None:
    stream = io.StringIO()
    voice = EchoedOutput(stream)
    stream.close()
    voice.hear(b"one")
    assert voice.lost


def test_a_port_that_a_connection_of_the_last_run_holds(tmp_path: Path) -> None:
    """The client has not closed its end: so nobody can end what the dead server has left."""
    program, port = tmp_path / "server.py", free_port()
    program.write_text(
        "import socket\n"
        "listener = socket.socket()\n"
        f"listener.bind(('127.0.0.1', {port}))\n"
        "listener.listen()\n"
        "listener.accept()[0].close()\n"
        "listener.accept()\n"
    )
    with (
        subprocess.Popen([sys.executable, program], cwd=ROOT, stderr=subprocess.PIPE) as first,
        socket.socket() as client,
    ):
        while client.connect_ex(("127.0.0.1", port)):
            assert first.poll() is None
        assert client.recv(1) == b""
        first.terminate()
        first.wait()
        words = ["-m", "grader", "launch", "--stage=ok", f"--port={port}", str(program)]
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=120
        )
    assert done.returncode == 1
    said = " ".join(done.stdout.split())
    assert "A connection of the last run still holds the port for up to a minute." in said
    assert "Set SO_REUSEADDR" in said
