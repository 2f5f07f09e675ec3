"""Every command that `grade` prints is run in the place where it was printed, and is accepted."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import pexpect

from grader.commands.table import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.learning.desk import Desk

LASTS = {"launch": "Listening", "watch": "r run  q quit"}
"""The commands that go on until they are stopped, and what each shows once it works."""


def printed(text: str, *patterns: str) -> list[str]:
    """The commands in these places of a text; each place has to have one."""
    found = [re.findall(rf"{pattern}", text, re.MULTILINE) for pattern in patterns]
    assert all(found), (patterns, text)
    return [command for commands in found for command in commands]


def accept(desk: Desk, commands: Iterable[str], code: int | None = None) -> None:
    """Run each; it is accepted when it does not end as a wrong command line does."""
    for command in commands:
        name, *words = shlex.split(command)
        assert name == "grade"
        if words[0] in LASTS:
            terminal = desk.terminal(*words)
            terminal.expect(LASTS[words[0]])
            terminal.sendintr()
            terminal.expect(pexpect.EOF)
            continue
        expected = (code,) if code is not None else (0, 1)
        assert desk.ran(*words).code in expected, command


def test_what_init_and_its_page_print(desk: Desk) -> None:
    said = desk.grade("init", "new", expect=0).out
    here = replace(desk, place=desk.place / printed(said, r"^  cd (\w+)$")[0])
    accept(here, printed(said, r"^  (grade watch) ", r"^  (grade show 2) "))
    page = (here.place / "TASK.md").read_text()
    assert "my_server" not in page
    accept(here, printed(page, r"^(grade .*)$", r"`(grade show 1)`"), code=0)


def test_what_a_run_and_its_status_print(desk: Desk) -> None:
    desk.server()
    shown = desk.grade("--progress", "--port", str(desk.port), "--up-to", "paths", expect=0).out
    accept(desk, printed(shown, r"next: .*: (grade show \d+)$"), code=0)
    desk.server(other="200 OK")
    failed = desk.grade("--port", str(desk.port), "--stage", "paths", expect=1).out
    accept(desk, printed(failed, r"launch +(grade launch .*)$", r"(grade show \w+) explains"))
    again = printed(failed, r"repeat with: (.*)$")[0]
    accept(desk, [f"grade --port {desk.port} {again}"], code=1)
    accept(desk, printed(desk.grade("status", expect=0).out, r"fix it: (grade .*)$"), code=1)


def test_what_is_printed_where_the_program_has_to_be_named(desk: Desk) -> None:
    text = desk.server().read_text()
    (desk.place / "server.py").rename(desk.place / "one.py")
    (desk.place / "two.py").write_text(text)
    which = desk.grade("--stage", "1", expect=2).err
    named = printed(which, r"such as (\S+)$")
    port = ["--port", str(desk.port)]
    run = desk.grade(*port, "--progress", "--stage", "1", *named, expect=0)
    assert "progress: stage 1 bind-port passed" in run.said
    other = desk.grade(*port, "--stage", "1", "two.py", expect=0)
    assert "your progress is not recorded: .grade keeps that of one.py; put two.py" in other.err
    (desk.place / "one.py").write_text("import sys\nsys.exit(1)\n")
    lost = desk.grade(*port, "--stage", "1", *named, expect=1).out
    accept(desk, printed(lost, r"(grade show \S+) explains"), code=0)
    status = desk.grade("status", expect=0).said
    accept(desk, printed(status, r"fix it: (grade .* one\.py) *$"), code=1)


def test_what_an_error_prints(desk: Desk) -> None:
    for wrong in (["stauts"], ["hepl"], ["docotr"]):
        accept(desk, printed(desk.grade(*wrong, expect=2).err, r"did you mean '(grade \w+)'"), 0)
    unknown = desk.grade("show", "nothing-like-it", expect=2).err
    accept(desk, printed(unknown, r"`(grade stages)`"), code=0)
    nothing = desk.grade("status", expect=0).out
    assert printed(nothing, r"`(grade [^`]*)`") == ["grade watch", "grade --progress"]


def test_the_help_names_commands_that_have_a_help(desk: Desk) -> None:
    shown = desk.grade("help", expect=0).out
    listed = printed(shown, r"^ +grade ([a-z-]+) ")
    assert {*COMMANDS} == {*listed}
    for name in listed:
        assert desk.grade("help", name, expect=0).out.startswith(f"Usage: grade {name}")
