"""Writes the results of a class for other systems: `--export FORMAT:PATH`. Everything is read and
made before anything is written, so that what is wrong with one export leaves no half of them."""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from grader.errors import UsageError
from grader.gradebooks.exports import EXPORTS, FilledIn, Written
from grader.gradebooks.fill import filled
from grader.gradebooks.said import said_of
from grader.gradebooks.scores import MOST_DECIMALS, POINTS, Counting, counting_of
from grader.reporters.destination import Destination, parse_destination, require_different
from grader.text.escape import printable
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.gradebooks.result import Result

_MOST_BYTES: Final = 64 << 20
_OPTIONS: Final = (
    click.option(
        "--export", "exports", multiple=True, metavar="FORMAT:PATH",
        help=f"Export the scores ({', '.join(EXPORTS)}); repeatable.",
    ),
    click.option(
        "--fill", metavar="FILE",
        help="The file of Canvas or Moodle that --export fills; it is not changed itself.",
    ),
    click.option(
        "--column", metavar="TITLE", help="Fill the column of this assignment of the file."
    ),
    click.option("--scale", metavar="N", help="Export scores out of N, instead of points."),
    click.option(
        "--weights", multiple=True, metavar="STAGE|TRACK=N",
        help="Export scores in which only these count, and so much; commas between, or repeatable.",
    ),
    click.option(
        "--decimals", type=click.IntRange(0, MOST_DECIMALS), default=POINTS.decimals, metavar="N",
        show_default=True, help="Round exported scores to N decimals, halves up.",
    ),
)  # fmt: skip


def export_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of exports to a click command."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


class Export(Value, frozen=True):
    """One `--export`."""

    format: str
    destination: Destination

    @property
    def fills(self) -> FilledIn | None:
        """How it recognises the file that it fills; None where it fills none."""
        kind = EXPORTS[self.format]
        return kind if isinstance(kind, FilledIn) else None


class Exported(Value, frozen=True):
    """notes: what is said of the exports, a sentence each. is_whole: whether each score has found
    its place."""

    notes: tuple[str, ...] = ()
    is_whole: bool = True

    @property
    def exit_code(self) -> int:
        """1 where a score is in no export, as of a class in which not all is well."""
        return 0 if self.is_whole else 1


class Exporting(Value, frozen=True):
    """What is exported, and how. fill: the file that is filled. column: which of its columns."""

    exports: tuple[Export, ...]
    counting: Counting
    fill: Path | None = None
    column: str = ""

    @classmethod
    def taken_from(cls, given: dict[str, Any]) -> Exporting:
        """They are taken out of what click has read."""
        names = ("fill", "column", "scale", "weights", "decimals")
        return cls.asked(given.pop("exports"), **{name: given.pop(name) for name in names})

    @classmethod
    def asked(
        cls, exports: Sequence[str], *, fill: str | None, column: str | None, scale: str | None,
        weights: Sequence[str], decimals: int,
    ) -> Exporting:  # fmt: skip
        """What the options of these names say. Raises `UsageError`, also where a file cannot be
        written."""
        found = tuple(Export(*parse_destination(it, EXPORTS, what="export")) for it in exports)
        require_different(it.destination for it in found)
        if (scale is not None or weights) and not found:
            raise UsageError("--scale and --weights are for --export")
        _require_fitting([it.format for it in found if it.fills], fill, column)
        asked = cls(
            found, counting_of(scale, weights, decimals), Path(fill) if fill else None, column or ""
        )
        for it in found:
            asked.require_writable(it)
        return asked

    @property
    def needs_stdout(self) -> bool:
        """Whether standard output is one of the exports."""
        return any(it.destination.path is None for it in self.exports)

    def require_writable(self, export: Export) -> None:
        """Raises `UsageError`."""
        target = export.destination.target
        if export.fills and target is None:
            raise UsageError(
                f"--export {export.format} needs a path, as in {export.format}:out.csv"
            )
        if self.fill is not None and target == Destination(self.fill).target:
            raise UsageError(
                f"--export {export.format}: {self.fill} is what is filled, so name another file"
            )
        export.destination.prove_writable()

    def write(self, results: Sequence[Result]) -> Exported:
        """Write all exports of these results. Raises `GraderError`."""
        notes = said_of(results, self.counting) if self.exports else []
        is_whole = True
        made: list[tuple[Destination, str | bytes]] = []
        for it in self.exports:
            match EXPORTS[it.format]:
                case Written(render=render):
                    made.append((it.destination, render(results, self.counting)))
                case FilledIn(recognise=recognise):
                    name = printable(str(self.fill))
                    sheet = recognise(self._content(), name, self.column)
                    found = filled(sheet, results, self.counting)
                    made.append((it.destination, found.data))
                    notes += [f"{it.format}: {note}" for note in found.notes]
                    is_whole = is_whole and found.is_whole
        for destination, content in made:
            if isinstance(content, bytes):
                destination.write_bytes(content)
            else:
                destination.write(content)
        return Exported(tuple(notes), is_whole)

    def _content(self) -> bytes:
        assert self.fill is not None  # `asked` has looked
        try:
            with open(self.fill, "rb") as file:
                content = file.read(_MOST_BYTES + 1)
        except OSError as error:
            why = error.strerror or error
            raise UsageError(f"cannot read {printable(str(self.fill))}: {why}") from error
        if len(content) > _MOST_BYTES:
            most = f"{_MOST_BYTES >> 20} MiB"
            raise UsageError(f"{printable(str(self.fill))} is longer than {most}: no gradebook is")
        return content


def _require_fitting(filling: Sequence[str], fill: str | None, column: str | None) -> None:
    if len(filling) > 1:
        raise UsageError(f"--fill is one file: export {' and '.join(filling)} one after the other")
    if filling and not fill:
        raise UsageError(f"--export {filling[0]} fills a file that you have exported: --fill FILE")
    for option, value in (("--fill", fill), ("--column", column)):
        if value is not None and not filling:
            raise UsageError(f"{option} is for --export canvas and moodle")
