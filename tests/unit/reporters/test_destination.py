"""Where reports go: what `--report` means, what is refused before grading, and that files appear
whole."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from grader.commands.printing import print_lines
from grader.errors import GraderError, UsageError
from grader.report.model import Report, RunFinished
from grader.reporters import REPORTERS, parse_spec, parse_specs
from grader.reporters.destination import Destination


@pytest.mark.parametrize(
    ("spec", "path"),
    [
        ("json", None),
        ("json:-", None),
        ("json:out.json", "out.json"),
        ("json:a:b.json", "a:b.json"),
    ],
)
def test_spec_names_a_format_and_a_place(spec: str, path: str | None) -> None:
    parsed = parse_spec(spec)
    assert parsed.format == "json"
    assert parsed.destination.path == (path and Path(path))


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("jsn", "there is no report format 'jsn'; did you mean 'json'?"),
        ("JSON:x", "there is no report format 'JSON'; did you mean 'json'?"),
        ("\x1b[2J", r"there is no report format '\x1b[2J'; there are: "),
        ("", "there is no report format ''; there are: terminal, json"),
        (
            "json:",
            "--report json: needs a path after the colon ('-' is standard output)",
        ),
    ],
)
def test_wrong_spec_is_refused_with_the_right_word(spec: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_spec(spec)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "specs", [["json", "json:-"], ["json:x", "json:./x"], ["json:x", "json:link"]]
)
def test_two_reports_to_one_place_are_refused(
    specs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("link").symlink_to("x")
    with pytest.raises(UsageError, match="two reports cannot both go to"):
        parse_specs(specs)


def test_several_reports(tmp_path: Path) -> None:
    specs = parse_specs(["json", f"json:{tmp_path}/a", f"json:{tmp_path}/b"])
    assert [spec.destination.path for spec in specs] == [
        None,
        tmp_path / "a",
        tmp_path / "b",
    ]


def test_every_format_writes_the_sample(sample: Report, tmp_path: Path) -> None:
    for name, form in REPORTERS.items():
        assert form.description
        path = tmp_path / name
        reporter = parse_spec(f"{name}:{path}").open()
        reporter.handle(RunFinished(sample))
        reporter.close()
        assert path.read_bytes().endswith(b"\n")


def test_report_on_standard_output(sample: Report, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = parse_spec("json").open()
    reporter.handle(RunFinished(sample))
    assert capsys.readouterr().out.startswith('{\n  "format": "stage-grader/report",\n')


def test_what_goes_to_standard_output_is_no_command_to_ci(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = ["::error file=x::owned", "said ##[error]y"]
    Destination().write("\n".join(said))
    print_lines(said)
    assert capsys.readouterr().out == (
        "\\x3a:error file=x::owned\nsaid \\x23#[error]y"
        "\\x3a:error file=x::owned\nsaid \\x23#[error]y\n"
    )


def test_proving_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    Destination(path).prove_writable()
    assert list(tmp_path.iterdir()) == []
    path.write_text("old")
    Destination(path).prove_writable()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_report_replaces_a_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    path.chmod(0o640)
    with path.open() as reader:
        Destination(path).write("new")
        assert reader.read() == "old"
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_new_report_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    Destination(tmp_path / "report.json").write("new")
    assert (tmp_path / "report.json").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    Destination(tmp_path / "link").write("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_device_is_written_into_and_never_replaced(tmp_path: Path) -> None:
    Destination(Path("/dev/null")).prove_writable()
    Destination(Path("/dev/null")).write("new")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("missing/report.json", "there is no directory {}/missing"),
        ("file/report.json", "{}/file is not a directory"),
        ("folder", "it is a directory"),
        ("n" * 300, "File name too long"),
    ],
)
def test_impossible_place_is_refused_before_grading(tmp_path: Path, place: str, why: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    path = tmp_path / place
    with pytest.raises(UsageError) as caught:
        parse_spec(f"json:{path}").open()
    assert str(caught.value) == f"cannot write a report to {path}: {why.format(tmp_path)}"
    with pytest.raises(GraderError, match="cannot write the report to "):
        Destination(path).write("x")


@pytest.mark.parametrize("mode", [0o500, 0o700])
def test_forbidden_place_is_refused_before_grading(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "report.json"
    if mode == 0o700:
        path.touch(0o400)
    tmp_path.chmod(mode)
    if os.access(path if path.exists() else tmp_path, os.W_OK):
        pytest.skip("this user may write everywhere")
    try:
        with pytest.raises(UsageError, match="permission denied"):
            Destination(path).prove_writable()
    finally:
        tmp_path.chmod(0o700)


def test_file_that_may_not_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UsageError, match="permission denied"):
        Destination(path).prove_writable()


def test_failed_write_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    path = tmp_path / "report.json"
    path.write_text("old")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(GraderError, match=r"report\.json: No space left on device$"):
            Destination(path).write("new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_closed_pipe_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """`grade --report json | head` is no error of the report: the command line decides what it
    means."""

    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stdout", Closed())
    with pytest.raises(BrokenPipeError):
        Destination().write("x")


def test_full_standard_output_is_an_error_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("sys.stdout", Full())
    with pytest.raises(
        GraderError, match="cannot write the report to standard output: No space left"
    ):
        Destination().write("x")


def test_who_reads_no_further_has_read_enough() -> None:
    """As in `grade stages | head -1`."""
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [sys.executable, "-m", "grader", "stages"],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (ended.returncode, ended.stderr) == (0, b"")
