"""What a TAB offers: in bash, by the script itself; of the others, that every word is there."""

from __future__ import annotations

import subprocess

import pytest

from grader.commands import completion, table
from grader.course import course_root

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
        *words.stages,
        *(it for of in words.options.values() for it in of),
    ):
        assert word.lstrip("-") in script, word
