"""A test run with `--submission`: what is collected, what is graded, and what is reported of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from grader.check.random_inputs import new_seed
from grader.commands.selection import select
from grader.course import Course, Stage, course_root, load_checks, load_course
from grader.engine.settings import RunSettings
from grader.errors import GraderError
from grader.jobs.job import Job
from grader.pytest_plugin.gradings import Assignment, Gradings
from grader.pytest_plugin.nodes import CheckItem, SubmissionNode
from grader.pytest_plugin.selection import chosen
from grader.pytest_plugin.verdicts import Kind, TestVerdict
from grader.pytest_plugin.words import told_apart
from grader.reporters.progress import chosen_stages
from grader.reproduce.server import Again
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Generator

_SEED: Final = "stage_grader_seed"
_SPLIT_STAGES: Final = frozenset({"load", "loadgroup", "worksteal"})
_MARKERS: Final = (
    "required: a check that a server has to pass",
    "advice: a check whose failure does not count, unless --submission-strict is given",
    "xdist_group(name): tests for one worker of pytest-xdist",
)


def plugin_of(config: pytest.Config) -> SubmissionPlugin:
    """The plugin for this run; tests of other files are collected only where paths name them.
    Raises `pytest.UsageError`."""
    given = config.getoption("--submission")
    directory = config.invocation_params.dir
    path = Path(os.path.abspath(directory / given))
    if not given or not path.exists():
        raise pytest.UsageError(f"--submission: there is no file {printable(given)!r}")
    words = told_apart(_words(config), given, directory)
    try:
        root = Path(os.environ.get("GRADE_COURSE") or course_root())
        course = load_course(root, only=())
        stages = [
            load_checks(stage)
            for stage in select(
                course,
                stages=config.getoption("--submission-stage") or (),
                tracks=config.getoption("--submission-track") or (),
            )
        ]
        names = chosen(stages, words.ours)
    except GraderError as error:
        raise pytest.UsageError(f"--submission: {error}") from error
    config.args[:] = words.others
    _keep_stages_together(config, alone=not words.others)
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)
    how = Assignment(course, _job(config, course, given), directory, given)
    return SubmissionPlugin(config, how, path, [it for it in stages if it.slug in names], names)


def _words(config: pytest.Config) -> list[str]:
    """The paths that were given, and not those where pytest looks by default."""
    source = getattr(config, "args_source", None)
    return config.args if source is pytest.Config.ArgsSource.ARGS else []


def _keep_stages_together(config: pytest.Config, *, alone: bool) -> None:
    """A stage is graded once by each worker of xdist that has a test of it: so by one. alone: there
    are no other tests, for which somebody may want something else."""
    split = _SPLIT_STAGES if alone else {"load"}
    if getattr(config.option, "dist", "no") in split:
        config.option.dist = "loadscope"


def _job(config: pytest.Config, course: Course, given: str) -> Job:
    """What is graded, but for its stages. The seed is the same in all workers of xdist."""
    told = getattr(config, "workerinput", {}).get(_SEED)
    asked = config.getoption("--submission-seed")
    seed = next((it for it in (told, asked) if it is not None), None)
    other = {"--course": os.environ.get("GRADE_COURSE") or None}
    settings = RunSettings(
        new_seed() if seed is None else seed,
        strict=bool(config.getoption("--submission-strict")),
        keep_going=True,
        again=Again(other, given).words(),
    )
    return Job(str(course.root), (), given, settings)


@dataclass(eq=False)  # pytest keeps its plugins in sets
class SubmissionPlugin:
    """The hooks. path: of the submission, absolute. names: of each stage that has tests the names
    of its checks."""

    config: pytest.Config
    how: Assignment
    path: Path
    stages: list[Stage]
    names: dict[str, frozenset[str]]
    gradings: Gradings | None = field(default=None, init=False)

    def pytest_report_header(self) -> str:
        seed = self.how.job.settings.seed
        stages = chosen_stages((it.number, it.slug, it.title) for it in self.stages)
        return f"submission: {printable(self.how.path)}: {stages}, seed {seed}"

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:  # noqa: ANN401  (xdist's)
        node.workerinput[_SEED] = self.how.job.settings.seed

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """The submission stands beside what pytest has found in files."""
        report = yield
        if isinstance(collector, pytest.Session) and report.passed:
            place = os.path.relpath(self.path, self.config.rootpath).replace(os.sep, "/")
            node = SubmissionNode.from_parent(
                collector, name=place, path=self.path, nodeid=place, stages=self.stages,
                names=self.names, verdicts=self._verdict,
            )  # fmt: skip
            report.result.append(node)
        return report

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """What is left after `-k`, `--lf` and their like is what is graded."""
        selected: dict[str, list[str]] = {}
        for item in session.items:
            if isinstance(item, CheckItem):
                selected.setdefault(item.stage.slug, []).append(item.name)
        whole = frozenset(
            it.slug
            for it in self.stages
            if {check.name for check in it.checks} == {*selected.get(it.slug, ())}
        )
        self.gradings = Gradings(self.how, selected, whole)

    def _verdict(self, stage: Stage, name: str) -> TestVerdict:
        assert self.gradings is not None
        return self.gradings.verdict(stage, name)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A test has taken as long as its check did; and what skipped it is no line of ours."""
        report = yield
        if isinstance(item, CheckItem):
            report.duration = item.found.duration_s if call.when == "call" else 0.0
            if item.found.kind is Kind.SKIPPED and call.when == "setup":
                report.longrepr = (str(self.path), 1, f"Skipped: {item.found.sentence}")
        return report

    def pytest_sessionfinish(self) -> None:
        self._close()

    def pytest_unconfigure(self) -> None:
        self._close()

    def _close(self) -> None:
        if self.gradings is not None:
            self.gradings.close()
