"""What `run_autograder` of Gradescope starts: one grading, which ends before Gradescope ends it.

Source: gradescope-autograders.readthedocs.io, "Autograder Specifications" and "Troubleshooting": a
run that takes too long scores 0. So `grade` writes `results.json` after each stage, and when our
own deadline comes, what has been judged until then is the result. A run that could not be judged
has no score: Gradescope then shows that the autograder failed, and the learner loses no points.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path("/autograder")
_GRACE_S: Final = 20
_JUDGED: Final = (0, 1)
_IN_ORDER: Final = (*_JUDGED, 2, 3)


def main() -> int:
    """Read the command line, and grade."""
    parser = argparse.ArgumentParser(prog="run_autograder")
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("words", nargs="*")
    given = parser.parse_args()
    return grade(ROOT, given.seconds, given.words)


def grade(root: Path, seconds: float, words: list[str]) -> int:
    """Grade root/submission, for at most so many seconds; root/results/results.json says what came
    of it. words: the options of `grade`. Returns 0 where it was judged, also in part, else 3."""
    results = root / "results" / "results.json"
    results.unlink(missing_ok=True)
    command = [
        sys.executable, "-I", "-m", "grader", *words, "--no-color", "--no-progress",
        "--report", f"gradescope:{results}", str(root / "submission"),
    ]  # fmt: skip
    process = subprocess.Popen(command)
    try:
        code = process.wait(seconds)
        if code not in _IN_ORDER or not results.exists():  # killed, or nothing could begin
            _write(results, _nothing(f"grade ended with exit code {code}."))
    except subprocess.TimeoutExpired:
        so_far = _read(results)
        if _end(process) not in _JUDGED:
            _write(results, stopped(so_far, seconds))
    return 0 if "score" in (_read(results) or {}) else 3


def stopped(so_far: dict[str, Any] | None, seconds: float) -> dict[str, Any]:
    """The results when the time is over. so_far: those of a run that goes on, if they can be
    read."""
    reason = f"Grading took longer than {_spoken(seconds)} and was stopped."
    if so_far is None or "tests" not in so_far:
        return _nothing(reason)
    left = so_far["output"].split("\n")[1:]  # the first line says that it goes on
    kept = "The points are those of the stages that were judged until then."
    return so_far | {"output": "\n".join([f"STOPPED: {reason} {kept}", *left])}


def _nothing(reason: str) -> dict[str, Any]:
    """No score, and why."""
    return {"output": f"The submission was not judged: {reason}", "stdout_visibility": "hidden"}


def _spoken(seconds: float) -> str:
    return f"{seconds / 60:g} minutes" if seconds >= 120 and not seconds % 60 else f"{seconds:g} s"


def _end(process: subprocess.Popen[bytes]) -> int:
    """End it in order, or else at once."""
    process.terminate()
    try:
        return process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write(path: Path, document: dict[str, Any]) -> None:
    """Whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(json.dumps(document, indent=2), encoding="utf-8")
    os.replace(draft, path)


if __name__ == "__main__":
    sys.exit(main())
