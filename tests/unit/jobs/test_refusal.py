"""A refusal is one sentence, whatever a submission has named its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.commands.entry import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_names_of_files_steer_no_terminal_and_begin_no_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a\x1b[31m.js", "b\n::error::forged.js"):
        (tmp_path / name).touch()
    assert run([str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert r"a\x1b[31m.js, b\n::error::forged.js; name the one to grade" in said
    assert said.count("\n") == 1
