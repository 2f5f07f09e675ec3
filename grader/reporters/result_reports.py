"""The `--report` options of a command that has one result to tell, and tells it at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from grader.reporters.destination import parse_destination, require_different
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from grader.reporters.destination import Destination

Result = TypeVar("Result")


class ResultReport(Value, Generic[Result], frozen=True):
    """One `--report` option: the name of its format, where it goes, and how it is made."""

    format: str
    destination: Destination
    render: Callable[[Result], str]

    def write(self, result: Result) -> None:
        """Write it whole."""
        self.destination.write(self.render(result))


def parse_result_reports(
    specs: Iterable[str], formats: Mapping[str, Callable[[Result], str]], of: str
) -> Sequence[ResultReport[Result]]:
    """Read every `--report` of a command line, and try whether each can be written. of: as in
    `parse_destination`. Raises `UsageError`, also for two that go to the same place."""
    named = [parse_destination(spec, formats, of) for spec in specs]
    found = [ResultReport(name, destination, formats[name]) for name, destination in named]
    require_different(report.destination for report in found)
    for report in found:
        report.destination.prove_writable()
    return found
