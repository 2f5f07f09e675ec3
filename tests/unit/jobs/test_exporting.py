"""What `--export` and its options mean, and that all of it is written or nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from grader.errors import UsageError
from grader.jobs.exporting import Exporting
from tests.unit.gradebooks.sheets import ADA, CANVAS, MOODLE, result

if TYPE_CHECKING:
    from pathlib import Path

    from grader.gradebooks.result import Result


def _asked(*exports: str, **options: Any) -> Exporting:  # noqa: ANN401  (as click passes them)
    said = {"fill": None, "column": None, "scale": None, "weights": (), "decimals": 2, **options}
    return Exporting.asked(exports, **said)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    """A gradebook as the teacher has it."""
    file = tmp_path / "exported.csv"
    file.write_bytes(CANVAS.encode())
    return file


def test_several_exports_at_once(tmp_path: Path, exported: Path) -> None:
    asked = _asked(
        f"canvas:{tmp_path}/filled.csv", f"csv:{tmp_path}/plain.csv", f"jsonl:{tmp_path}/x.jsonl",
        fill=str(exported), column="HTTP server", scale="20",
    )  # fmt: skip
    done = asked.write([result(students=(ADA,), late=True)])
    assert (done.is_whole, done.exit_code) == (True, 0)
    assert (tmp_path / "filled.csv").read_bytes() == CANVAS.replace(
        'Lab 2",,,8.50', 'Lab 2",,16,8.50'
    ).encode()
    assert (tmp_path / "plain.csv").read_text().splitlines()[1].startswith("ada,101,")
    assert json.loads((tmp_path / "x.jsonl").read_text())["score"] == 16
    assert exported.read_bytes() == CANVAS.encode()
    assert [*done.notes[:2]] == [
        "scores: out of 20; rounded to 2 decimals, halves up",
        "late, and nothing is subtracted for it: ada",
    ]
    assert done.notes[2].startswith("canvas: 1 score in 'HTTP server (4711)'")


def test_nothing_is_written_where_one_of_them_is_wrong(tmp_path: Path, exported: Path) -> None:
    asked = _asked(
        f"csv:{tmp_path}/plain.csv", f"canvas:{tmp_path}/filled.csv",
        fill=str(exported), column="Essay",
    )  # fmt: skip
    with pytest.raises(UsageError, match="--scale 10"):
        asked.write([result(students=(ADA,))])
    assert [it.name for it in tmp_path.iterdir()] == ["exported.csv"]


def test_a_result_without_a_row_makes_it_not_whole(tmp_path: Path, exported: Path) -> None:
    asked = _asked(f"canvas:{tmp_path}/x.csv", fill=str(exported), column="HTTP server")
    results: list[Result] = [result("stranger"), result(students=(ADA,))]
    done = asked.write(results)
    assert (done.is_whole, done.exit_code) == (False, 1)
    assert any("stranger" in note for note in done.notes)
    assert (tmp_path / "x.csv").exists()


def test_moodle_is_filled_too(tmp_path: Path) -> None:
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(MOODLE)
    asked = _asked(f"moodle:{tmp_path}/x.csv", fill=str(worksheet))
    asked.write([result("Ada Lovelace")])
    assert ",16,20.00" in (tmp_path / "x.csv").read_text()


def test_what_does_not_fit_together_is_said_before_anything_is_read(
    tmp_path: Path, exported: Path
) -> None:
    wrong: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
        "no export format 'canvs'; did you mean 'canvas'": (("canvs:x",), {}),
        "fills a file that you have exported: --fill FILE": ((f"canvas:{tmp_path}/x",), {}),
        "needs a path": (("canvas",), {"fill": str(exported)}),
        "name another file": ((f"canvas:{exported}",), {"fill": str(exported)}),
        "--fill is for --export canvas and moodle": (("csv:x",), {"fill": "y"}),
        "--column is for --export canvas and moodle": (("csv:x",), {"column": "y"}),
        "--fill is one file": (("canvas:x", "moodle:y"), {"fill": str(exported)}),
        "cannot both go to": ((f"csv:{tmp_path}/x", f"jsonl:{tmp_path}/x"), {}),
        "there is no directory": ((f"csv:{tmp_path}/no/x",), {}),
        "--scale: 'many'": (("csv",), {"scale": "many"}),
        "are for --export": ((), {"weights": ("files=1",)}),
    }
    for said, (exports, options) in wrong.items():
        with pytest.raises(UsageError, match=said):
            _asked(*exports, **options)


def test_a_file_that_cannot_be_filled_is_named(tmp_path: Path) -> None:
    asked = _asked(f"canvas:{tmp_path}/x.csv", fill=f"{tmp_path}/missing.csv")
    with pytest.raises(UsageError, match=r"cannot read .*missing.csv: No such file"):
        asked.write([])
