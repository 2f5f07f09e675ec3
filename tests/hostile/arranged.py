"""What some hostile programs need around them: files that a learner writes about a submission, and
neighbours."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.codec import to_json
from grader.engine.settings import RunSettings
from grader.jobs.job import Job
from grader.jobs.neighbours import neighbours
from tests.bad_input.bench import ROOT
from tests.hostile.aims import SECRET, Aims

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Arranged = tuple[Path, tuple[str, ...]]
"""What is graded, and more options of the command line."""


def _naming(aims: Aims, program: Path) -> Arranged:
    """Wherever a learner can name a place, it is somebody else's."""
    root, place, directory = aims.bench.root, aims.bench.place, program.parent
    keys, neighbour = root / ".ssh", place / "neighbour"
    words = [
        "python3",
        program.name,
        str(keys),
        str(place),
        f"--key={keys / 'id_ed25519'}",
        f"-cp:{neighbour}:{root}",
    ]
    (directory / "grade.yaml").write_text(f"entry: {json.dumps(words)}\n")
    for name, home in {
        ".": keys,
        ".venv": neighbour,
        "env": place,
        "env2": root,
        "env3": root / "grader",
    }.items():
        (directory / name).mkdir(exist_ok=True)
        (directory / name / "pyvenv.cfg").write_text(f"home = {home}\n")
    (directory / "env4" / "bin").mkdir(parents=True)
    (directory / "env4" / "pyvenv.cfg").write_text(f"home = {neighbour}/bin\n")
    (directory / "env4" / "bin" / "python3").symlink_to(neighbour / "server.py")
    (directory / "linked").symlink_to(keys)
    (place / "node_modules").symlink_to(keys)
    (place / "venv").symlink_to(neighbour)
    (place / "package.json").symlink_to(root / "notes.txt")
    return directory, ()


def _in_a_repository(aims: Aims, program: Path) -> Arranged:
    for name in (".git/config", "module/.git", "module/inner/.git/config", ".grade/progress.json"):
        (path := program.parent / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"[core]\n# {SECRET}\n")
        path.chmod(0o600)
    targets = json.loads((program.parent / "targets.json").read_text())
    (program.parent / "targets.json").write_text(
        json.dumps({**targets, "own": str(program.parent)})
    )
    return program, ("--no-progress",)


def _beside_a_neighbour(aims: Aims, program: Path) -> Arranged:
    """Both are graded out of one directory, so each is alone."""
    for name in ("attempt.py", "listener.py", "targets.json"):
        (program.parent / name).unlink()
    victim = program.with_name("victim.py")
    text = program.read_text().replace("PORT = 4221", f"PORT = {aims.bench.port}")
    program.write_text(text.replace('VICTIM = "victim.py"', f"VICTIM = {str(victim)!r}"))
    victim.write_text("raise SystemExit\n")
    (program.parent / "__pycache__").mkdir()
    shutil.copy(victim, program.parent / "__pycache__" / "victim.cpython-311.pyc")
    (program.parent / "notes").write_text(SECRET)
    return program, ()


def job_of_a_class(aims: Aims, program: Path, level: str) -> list[str | Path | bytes]:
    """What a class starts to grade this one, beside the victim."""
    bench = aims.bench
    told, _ = neighbours([str(program), str(program.with_name("victim.py"))], [])
    job = Job(
        course=str(ROOT),
        stages=("ok",),
        submission=str(program),
        settings=RunSettings(1, port=bench.port, sandbox=level),
        neighbours=told,
        reports=(f"json:{bench.report_path}",),
    )
    (file := bench.root / "job").write_text(to_json(job))
    worker = shlex.join([sys.executable, "-P", "-m", "grader.jobs.worker", str(program)])
    return ["sh", "-c", f"exec {worker} <{shlex.quote(str(file))}"]


ARRANGED: Mapping[str, Callable[[Aims, Path], Arranged]] = {
    "reads_what_it_names.py": _naming,
    "reads_its_repository.py": _in_a_repository,
    "runs_a_neighbour.py": _beside_a_neighbour,
}
STARTED: Mapping[str, Callable[[Aims, Path, str], list[str | Path | bytes]]] = {
    "runs_a_neighbour.py": job_of_a_class,
}
"""Those that the command itself does not start."""
