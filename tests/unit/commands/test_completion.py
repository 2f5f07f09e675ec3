"""What a TAB offers: in bash, by the script itself; in each shell that is here, on a terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pexpect
import pytest

from grader.commands import completion, table
from grader.course import course_root

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = completion._SCRIPTS["bash"](completion.words_of(course_root()))


def _offered(*words: str) -> list[str]:
    """What bash offers for the last of these words."""
    typed = " ".join(f"'{word}'" for word in words)
    asked = (
        f"{SCRIPT}\nCOMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _grade;"
        ' printf "%s\\n" "${COMPREPLY[@]}"'
    )
    ran = subprocess.run(
        ["bash", "--norc", "-c", asked], capture_output=True, text=True, check=True, cwd="/"
    )
    assert ran.stderr == ""
    return ran.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["grade", "wat"], ["watch"]),
        (["grade", "--stage", "ec"], ["echo"]),
        (["grade", "--stage", "=", "ec"], ["echo"]),
        (["grade", "watch", "--track", "h"], ["http", "hardening"]),
        (["grade", "show", "kee"], ["keep-alive"]),
        (["grade", "completion", "f"], ["fish"]),
        (["grade", "help", "wa"], ["watch"]),
        (["grade", "fuzz", "--exam"], ["--examples"]),
        (["grade", "--rep"], ["--repeat", "--report"]),
        (["grade", "--report", "h"], ["html:"]),
        (["grade", "completion", "--cou"], ["--course"]),
        (["grade", "launch", "x.py", "--sandbox", "of"], ["off"]),
    ],
)
def test_bash_offers(words: list[str], offered: list[str]) -> None:
    assert sorted(_offered(*words)) == sorted(offered)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_in_the_script(shell: str) -> None:
    words = completion.words_of(course_root())
    script = completion._SCRIPTS[shell](words)
    assert set(words.options) == {*table.COMMANDS, table.DEFAULT}
    for word in (
        *words.commands,
        *(it for of in (*words.options.values(), *words.arguments.values()) for it in of),
    ):
        assert word.lstrip("-") in script, word


_SHELLS = {
    "bash": (
        ["--norc", "--noprofile", "-i"],
        "PS1=; . ./script; echo rea''dy",
        "\x01echo 'DO''NE' ",
    ),
    "zsh": (
        ["-f", "-i"],
        "PS1=; autoload -U compinit; compinit -D -u; . ./script; echo rea''dy",
        "\x01print -r -- DO''NE ",
    ),
    "fish": (
        ["--no-config", "-i"],
        "function fish_prompt; end; source ./script; echo rea''dy",
        "\x01echo 'DO''NE' ",
    ),
}
"""For each shell its options, the line that makes it ready, and what is put before a completed
line to print it."""


@pytest.mark.parametrize("shell", _SHELLS)
def test_a_tab_completes_on_a_terminal(shell: str, tmp_path: Path) -> None:
    if not (program := shutil.which(shell)):
        pytest.skip(f"{shell} is not here")
    options, ready, before = _SHELLS[shell]
    (tmp_path / "script").write_text(
        completion._SCRIPTS[shell](completion.words_of(course_root())), encoding="utf-8"
    )
    (tmp_path / "my server.py").touch()
    terminal = pexpect.spawn(
        program, options, cwd=str(tmp_path), encoding="utf-8", timeout=60, dimensions=(50, 200),
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TERM": "xterm", "LANG": "C.UTF-8"},
    )  # fmt: skip
    try:
        terminal.sendline(ready)
        terminal.expect_exact("ready")
        for typed, completed in [
            ("grade wat", "grade watch"),
            ("grade --stage ec", "grade --stage echo"),
            ("grade --stage=ec", "grade --stage=echo"),
            ("grade --track ha", "grade --track hardening"),
            ("grade show he", "grade show headers"),
            ("grade watch my", "grade watch my server.py"),
            ("grade script --rando", None),
            ("grade --report js", "grade --report json:"),
        ]:
            terminal.send(f"{typed}\t{before}\r")
            terminal.expect(r"DONE ([^\r\n]*)\r")
            assert terminal.match.group(1).strip() == (completed or typed)
    finally:
        terminal.close(force=True)
