"""The tests: a submission, its stages, and their checks, named `my_server.py::echo::slashes`.

They are no files that pytest has found: it looks into no directory for them, so it loads no
`conftest.py` that lies next to a submission. Their names begin with the path of the submission, as
those of other tests do with their file: by that IDEs show them and run single ones, and `--lf`
finds them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grader.pytest_plugin.verdicts import Kind, TestVerdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.check.declaration import Check
    from grader.course import Stage

    Verdicts = Callable[[Stage, str], TestVerdict]


class SubmissionNode(pytest.Collector):
    """The submission. stages: those of which there are tests; names: of each by its slug, the
    checks of which there are. verdicts: where a test gets its own."""

    def __init__(
        self,
        *,
        stages: Sequence[Stage],
        names: Mapping[str, frozenset[str]],
        verdicts: Verdicts,
        **node: Any,  # noqa: ANN401  (as pytest has it)
    ) -> None:
        super().__init__(**node)
        self._stages = stages
        self._names = names
        self._verdicts = verdicts

    def collect(self) -> Iterator[pytest.Collector]:
        for stage in self._stages:
            yield StageNode.from_parent(
                self,
                name=stage.slug,
                stage=stage,
                names=self._names[stage.slug],
                verdicts=self._verdicts,
            )


class StageNode(pytest.Collector):
    """A stage. names: the checks of which there are tests. All of them are for one worker of
    xdist."""

    def __init__(
        self,
        *,
        stage: Stage,
        names: frozenset[str],
        verdicts: Verdicts,
        **node: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**node)
        self._stage = stage
        self._names = names
        self._verdicts = verdicts
        self.add_marker(pytest.mark.xdist_group(stage.slug))

    def collect(self) -> Iterator[pytest.Item]:
        for check in self._stage.checks:
            if check.name in self._names:
                yield CheckItem.from_parent(
                    self, name=check.name, stage=self._stage, check=check, verdicts=self._verdicts
                )


class CheckItem(pytest.Item):
    """A check. What it comes to is known when it is set up."""

    def __init__(self, *, stage: Stage, check: Check, verdicts: Verdicts, **node: Any) -> None:  # noqa: ANN401
        super().__init__(**node)
        self.stage = stage
        self._check = check
        self._verdicts = verdicts
        self.found = TestVerdict(Kind.ERRORED)
        self.add_marker(str(check.level))

    def setup(self) -> None:
        """Have its stage graded, if it was not yet. What could not be judged is an error here."""
        self.found = self._verdicts(self.stage, self._check.name)
        self.user_properties += [
            ("points", self.found.points),
            ("max_points", self.found.max_points),
        ]
        if self.found.kind is Kind.ERRORED:
            pytest.fail(f"not your server's fault: {self.found.sentence}", pytrace=False)
        if self.found.kind is Kind.SKIPPED:
            pytest.skip(self.found.sentence)

    def runtest(self) -> None:
        """Pass, or fail as the check did. Advice is an expected failure, unless `--runxfail`. By an
        assertion, for VS Code calls all else an error."""
        if self.found.kind is Kind.ADVICE:
            pytest.xfail(self.found.sentence)
        if self.found.kind is not Kind.PASSED:
            raise AssertionError(self.found.text or self.found.sentence)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: object) -> Any:  # noqa: ANN401
        """What the terminal says of the check, in place of a traceback of ours."""
        if isinstance(excinfo.value, pytest.xfail.Exception):
            return self.found.text  # what --xfail-tb shows
        if not isinstance(excinfo.value, AssertionError):
            return super().repr_failure(excinfo)
        shown = excinfo.getrepr(style="value")
        if shown.reprcrash is not None:  # the line of the summary, and the message in JUnit XML
            shown.reprcrash.message = self.found.sentence
        return shown

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{self.stage.slug}/{self.name}"
