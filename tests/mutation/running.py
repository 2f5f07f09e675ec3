"""Grades many mutants, several at a time, and remembers what came out, so that an interrupted run
goes on."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from tests.mutation.grading import ERRORED, SURVIVED, Outcome, Task
from tests.mutation.mutants import Mutant
from tests.mutation.scope import stages_of, tracks_of
from tests.mutation.subject import REFERENCE, ROOT, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PLACE: Final = ROOT / ".mutation"
_BATCH: Final = 60
_LONGEST_S: Final = 300.0
_OWN_NETWORK: Final = frozenset({"bubblewrap", "namespaces", "network"})
_JUDGES: Final = (
    "reference/**/*.py",
    "grader/**/*.py",
    "stages.yaml",
    "stages/**/*.py",
    "tests/mutation/scope.py",
)


@dataclass(frozen=True, slots=True)
class How:
    """How mutants are graded. jobs: so many at once; subject: what they are mutants of; the rest as
    in `Task`."""

    jobs: int
    seed: int
    timeout_scale: float
    whole: bool
    subject: Subject = REFERENCE
    stages: int | None = None


class Unreliable(Exception):
    """The server itself, unmutated, does not pass: whatever is caught then proves nothing."""


class Memory:
    """The outcomes of earlier runs, in a file of JSON lines. They hold for the same mutant, graded
    in the same way by the same grader and course."""

    def __init__(self, path: Path, how: How) -> None:
        self._path = path
        texts = (
            part
            for name in dict.fromkeys((*_JUDGES, *how.subject.sources))
            for part in _texts(name)
        )
        some = () if how.stages is None else (how.stages,)
        self._judges = _digest(*texts, str((how.seed, how.timeout_scale, *some)))
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


def outcomes(
    mutants: Sequence[Mutant], how: How, memory: Memory
) -> Iterator[tuple[Mutant, Outcome]]:
    """Each mutant with its outcome, as they come.

    The unmutated server is graded before and after each batch, and only what lies between two
    passes is remembered. Raises `Unreliable` when it does not pass.
    """
    known = {mutant: outcome for mutant in mutants if (outcome := memory.get(mutant))}
    yield from known.items()
    waiting = [mutant for mutant in mutants if mutant not in known]
    if not waiting:
        return
    PLACE.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=PLACE, prefix="trees-", ignore_cleanup_errors=True) as directory:
        place = Path(directory)
        # the others share the machine's ports
        if _unmutated(replace(how, jobs=1), place, _tracks(waiting)) not in _OWN_NETWORK:
            how = replace(how, jobs=1)
        for begin in range(0, len(waiting), _BATCH):
            together = waiting[begin : begin + _BATCH]
            batch = dict[Mutant, Outcome]()
            for mutant, outcome in _side_by_side(together, how, place):
                batch[mutant] = outcome
                yield mutant, outcome
            _unmutated(how, place, _tracks(together))
            memory.put(batch)


def told(mutants: Sequence[Mutant], how: How) -> dict[Mutant, Outcome]:
    """The outcome of each, in the order of the mutants; a line is printed as each comes, and all
    are remembered."""
    found = dict[Mutant, Outcome]()
    for mutant, outcome in outcomes(mutants, how, Memory(PLACE / "outcomes.jsonl", how)):
        found[mutant] = outcome
        said = outcome.checks[0] if outcome.checks else mutant.diff
        print(f"{len(found):5}/{len(mutants)} {outcome.verdict:8} {mutant.id}  {said}", flush=True)
    return {mutant: found[mutant] for mutant in mutants}


def _side_by_side(
    mutants: Sequence[Mutant], how: How, place: Path
) -> Iterator[tuple[Mutant, Outcome]]:
    with ThreadPoolExecutor(how.jobs) as pool:
        running = {pool.submit(graded, mutant, how, place): mutant for mutant in mutants}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _tracks(mutants: Sequence[Mutant]) -> tuple[str, ...]:
    """The tracks of all of them."""
    return tuple(dict.fromkeys(track for mutant in mutants for track in tracks_of(mutant.file)))


def graded(mutant: Mutant, how: How, place: Path) -> Outcome:
    """The mutant, graded in a process of its own. place: as in `Task`."""
    sources, tracks = {mutant.file: mutant.text}, tracks_of(mutant.file)
    return _graded(sources, how, place, tracks, stages_of(mutant.file))


def _unmutated(how: How, place: Path, tracks: Sequence[str]) -> str:
    """The server has to pass, written as mutants are, with as many beside it as they have; what
    contains it."""
    same = how.subject.unmutated()
    with ThreadPoolExecutor(how.jobs) as pool:
        found = list(pool.map(lambda _: _graded(same, how, place, tracks), range(how.jobs)))
    for outcome in found:
        if outcome.verdict != SURVIVED:
            raise Unreliable(
                f"{how.subject.name}, unmutated, does not pass: {' '.join(outcome.checks)}"
                f" {outcome.why}"
            )
    return found[0].isolation


def _graded(
    sources: Mapping[str, str],
    how: How,
    place: Path,
    tracks: Sequence[str],
    only: Sequence[str] = (),
) -> Outcome:
    """The server with these texts. tracks, only: as in `Task`."""
    task = Task(
        how.subject.copied,
        how.subject.launch,
        sources,
        str(place),
        how.seed,
        how.timeout_scale,
        how.whole,
        tracks,
        how.stages,
        only,
    )
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
        return Outcome(
            ERRORED,
            why=(error.stderr.strip().splitlines() or [f"exit code {error.returncode}"])[-1],
        )
