"""Grades many mutants, several at a time, and remembers what came out, so that an interrupted run goes on."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.mutation.grading import ERRORED, SURVIVED, Outcome, Task
from tests.mutation.mutants import Mutant, printed
from tests.mutation.scope import files

ROOT: Final = Path(__file__).resolve().parents[2]
PLACE: Final = ROOT / ".mutation"
_BATCH: Final = 60
_LONGEST_S: Final = 300.0
_JUDGES: Final = ("reference/**/*.py", "grader/**/*.py", "stages.yaml", "stages/*/checks.py", "stages/*/checks/*.py")


@dataclass(frozen=True, slots=True)
class How:
    """How mutants are graded. jobs: so many at once; the rest as in `Task`."""

    jobs: int
    seed: int
    timeout_scale: float
    whole: bool


class Unreliable(Exception):
    """The reference itself, unmutated, does not pass: whatever is caught then proves nothing."""


class Memory:
    """The outcomes of earlier runs, in a file of JSON lines. They hold for the same mutant, graded in the same way by
    the same grader and course."""

    def __init__(self, path: Path, how: How) -> None:
        self._path = path
        self._judges = _digest(*(part for name in _JUDGES for part in _texts(name)), str((how.seed, how.timeout_scale)))
        self._whole = how.whole
        self._known: dict[str, Outcome] = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self._recall(line)

    def _recall(self, line: str) -> None:
        try:
            entry = json.loads(line)
            self._known[entry["key"]] = outcome_of(entry["outcome"])
        except (ValueError, KeyError, TypeError):
            return  # a line that was cut off when a run was killed

    def get(self, mutant: Mutant) -> Outcome | None:
        """What is known about the mutant; an error is not, for it may not happen again."""
        found = self._known.get(self._key(mutant))
        return None if found is None or found.verdict == ERRORED else found

    def put(self, outcomes: Mapping[Mutant, Outcome]) -> None:
        self._path.parent.mkdir(exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            for mutant, outcome in outcomes.items():
                entry = {"key": self._key(mutant), "id": mutant.id, "outcome": asdict(outcome)}
                file.write(json.dumps(entry) + "\n")

    def _key(self, mutant: Mutant) -> str:
        return _digest(mutant.id, mutant.text, self._judges, str(self._whole))


def outcome_of(fields: dict[str, Any]) -> Outcome:
    """An outcome out of JSON."""
    return Outcome(**{**fields, "checks": tuple(fields["checks"])})


def _texts(pattern: str) -> Iterator[str]:
    for path in sorted(ROOT.glob(pattern)):
        yield path.relative_to(ROOT).as_posix()
        yield path.read_text(encoding="utf-8")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def outcomes(mutants: Sequence[Mutant], how: How, memory: Memory) -> Iterator[tuple[Mutant, Outcome]]:
    """Each mutant with its outcome, as they come.

    The unmutated reference is graded before and after each batch, and only what lies between two passes is remembered.
    Raises `Unreliable` when it does not pass.
    """
    known = {mutant: outcome for mutant in mutants if (outcome := memory.get(mutant))}
    yield from known.items()
    waiting = [mutant for mutant in mutants if mutant not in known]
    if not waiting:
        return
    PLACE.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=PLACE, prefix="trees-", ignore_cleanup_errors=True) as directory:
        place = Path(directory)
        if _unmutated(replace(how, jobs=1), place) != "namespaces":  # uncontained servers share the machine's ports
            how = replace(how, jobs=1)
        for begin in range(0, len(waiting), _BATCH):
            batch = dict[Mutant, Outcome]()
            for mutant, outcome in _side_by_side(waiting[begin : begin + _BATCH], how, place):
                batch[mutant] = outcome
                yield mutant, outcome
            _unmutated(how, place)
            memory.put(batch)


def _side_by_side(mutants: Sequence[Mutant], how: How, place: Path) -> Iterator[tuple[Mutant, Outcome]]:
    with ThreadPoolExecutor(how.jobs) as pool:
        running = {pool.submit(_graded, {mutant.file: mutant.text}, how, place): mutant for mutant in mutants}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _unmutated(how: How, place: Path) -> str:
    """The reference has to pass, written as mutants are, with as many beside it as they have; what contains it."""
    same = {path.relative_to(ROOT).as_posix(): printed(path.read_text(encoding="utf-8")) for path in files(ROOT)}
    with ThreadPoolExecutor(how.jobs) as pool:
        found = list(pool.map(lambda _: _graded(same, how, place), range(how.jobs)))
    for outcome in found:
        if outcome.verdict != SURVIVED:
            raise Unreliable(f"the reference, unmutated, does not pass: {' '.join(outcome.checks)} {outcome.why}")
    return found[0].isolation


def _graded(sources: dict[str, str], how: How, place: Path) -> Outcome:
    task = Task(sources, str(place), how.seed, how.timeout_scale, how.whole)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.mutation.grading"],
            cwd=ROOT,
            input=json.dumps(asdict(task)),
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=True,
        )
        return outcome_of(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return Outcome(ERRORED, why=f"not graded within {_LONGEST_S:g} s")
    except subprocess.CalledProcessError as error:
        return Outcome(ERRORED, why=(error.stderr.strip().splitlines() or [f"exit code {error.returncode}"])[-1])
