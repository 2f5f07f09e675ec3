"""What a track's answers can be compared with the reference's by, under the names that stages.yaml
has for it."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.course.model import Course, Stage


class SavedCase(Protocol):
    """A conversation that has shown a difference, kept beside a submission."""

    @property
    def stage(self) -> str:
        """The slug of the stage that it belongs to."""
        ...


class Comparison(Protocol):
    """One comparison: which requests a track's stages may be asked, and what must be equal."""

    @property
    def known(self) -> tuple[str, ...]:
        """The slugs of the stages that it has requests for."""
        ...

    def taught(self, course: Course, slugs: Sequence[str]) -> frozenset[str]:
        """These stages and all that they build on, as far as it knows them."""
        ...

    def saved_in(self, directory: Path) -> tuple[Sequence[SavedCase], Sequence[str]]:
        """The cases saved beside a submission, and a sentence for each that is of no use."""
        ...

    def with_cases(self, stage: Stage, course: Course, cases: Sequence[SavedCase]) -> Stage:
        """The stage with a check for each case that belongs to it."""
        ...


COMPARISONS: Final = MappingProxyType({"http-server": "grader.comparing.track:COMPARISON"})
"""Where each is found: a module and its attribute, with a colon between."""


def comparison_of(name: str) -> Comparison:
    """The comparison of this name. Only what a run needs is imported."""
    module, _, attribute = COMPARISONS[name].partition(":")
    return cast("Comparison", getattr(import_module(module), attribute))
