"""stages/<slug>/checks.py or checks/: imported by its path, and held against the stage's entry."""

from __future__ import annotations

import inspect
import sys
import traceback
import zlib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.check.declaration import Check, Level, wording_problems
from grader.course.model import CHECKS_FILE, CHECKS_FOLDER, COURSE_FILE, STAGES_FOLDER, Stage
from grader.course.outline import read_outline
from grader.errors import CourseError
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class _Source(Value, frozen=True):
    """An imported file of checks: how messages name it, the module, and the code that made it."""

    file: str
    module: ModuleType
    code: CodeType


def load_checks(stage: Stage) -> Stage:
    """The stage with its checks; a CourseError when they are not defined as they should be."""
    if stage.declared is not None:
        return stage
    loaded, problems = try_checks(stage)
    for problem in problems:
        raise problem
    return loaded


def try_checks(stage: Stage) -> tuple[Stage, list[CourseError]]:
    """The stage with the checks it has, and everything that is wrong with them."""
    try:
        sources = _sources(stage)
    except CourseError as problem:
        return replace(stage, declared=()), [problem]
    checks = tuple(check for source in sources for check in _checks_in(source.module))
    problems = [*_twice(sources), *_wording(sources), *_nothing_required(checks, sources)]
    problems += _points_for_nothing(checks, stage)
    return replace(stage, declared=checks), problems


def printed(stage: Stage, name: str) -> str:
    """How messages name a file of a stage: by its path below the course's directory."""
    return f"{STAGES_FOLDER}/{stage.slug}/{name}"


def _sources(stage: Stage) -> list[_Source]:
    """The files of a stage, imported in order: the others may use what __init__.py defines."""
    files = stage.checks_files
    if len(files) > 1 and (stage.folder / CHECKS_FILE).exists():
        message = f"there is a folder {CHECKS_FOLDER}/, too: keep one of them"
        raise CourseError(message, file=printed(stage, CHECKS_FILE))
    package = (
        f"checks_of_{stage.folder.name.replace('-', '_')}_{zlib.crc32(bytes(stage.folder)):08x}"
    )
    names = (package, *(f"{package}.{path.stem}" for path in files[1:]))
    printed_names = (printed(stage, path.relative_to(stage.folder).as_posix()) for path in files)
    return [_imported(*found) for found in zip(names, files, printed_names, strict=True)]


def _imported(name: str, path: Path, file: str) -> _Source:
    """The module in `path`, under a name that no other course or stage can have."""
    if not path.is_file():
        raise CourseError("there is no such file, so the stage has no checks", file=file)
    loader = SourceFileLoader(name, str(path))
    spec = spec_from_loader(name, loader)
    assert spec is not None  # a loader for one file always knows where that is
    module = module_from_spec(spec)
    # dataclasses look their module up by its name while it is being executed
    sys.modules[name] = module
    try:
        code = loader.get_code(name)
        assert code is not None  # it comes from a source file
        exec(code, vars(module))  # as the loader does, but without compiling it again for `_Source`
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        message = traceback.format_exception_only(error)[-1].strip()
        raise CourseError(message, file=file, line=_line_in(path, error)) from error
    return _Source(file, module, code)


def _line_in(path: Path, error: BaseException) -> int | None:
    """The last line of the file in `path` that took part in `error`."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)


def _checks_in(module: ModuleType) -> tuple[Check, ...]:
    """The checks bound to the module's names, each once, in the order of their functions."""
    checks = {id(value): value for value in vars(module).values() if isinstance(value, Check)}
    return tuple(sorted(checks.values(), key=_line_of))


def _line_of(check: Check) -> int:
    code = getattr(inspect.unwrap(check.judge), "__code__", None)
    return code.co_firstlineno if isinstance(code, CodeType) else 0


def _twice(sources: Sequence[_Source]) -> Iterator[CourseError]:
    """Names that two checks have."""
    places: dict[str, tuple[str, int]] = {}
    for source in sources:
        for name, line in _definitions(source):
            if name in places:
                file, first = places[name]
                where = f"on line {first}" if file == source.file else f"in {file}, line {first}"
                yield CourseError(
                    f"{name!r} is defined already, {where}", file=source.file, line=line
                )
            places.setdefault(name, (source.file, line))


def _definitions(source: _Source) -> list[tuple[str, int]]:
    """The name and the line of each check. A second `def` hides the first one, which only the code
    still shows."""
    bound = [(check.name, _line_of(check)) for check in _checks_in(source.module)]
    names = {name for name, _ in bound}
    defined = [
        (part.co_name, part.co_firstlineno)
        for part in source.code.co_consts
        if isinstance(part, CodeType)
    ]
    hidden = [(name, line) for name, line in defined if name in names and (name, line) not in bound]
    return sorted([*bound, *hidden], key=lambda place: place[1])


def _wording(sources: Sequence[_Source]) -> Iterator[CourseError]:
    """Titles and requirements that a list cannot show, and titles that two checks have."""
    titles: dict[str, str] = {}
    for source in sources:
        for check in _checks_in(source.module):
            problems = list(wording_problems(check))
            if titles.setdefault(check.title, check.name) != check.name:
                problems.append(f"{titles[check.title]!r} has this title already")
            for problem in problems:
                message = f"{check.name!r}: {problem}"
                yield CourseError(message, file=source.file, line=_line_of(check) or None)


def _nothing_required(checks: Sequence[Check], sources: Sequence[_Source]) -> Iterator[CourseError]:
    if not checks:
        yield CourseError(
            "declares no check (`@check(...)` above a function)", file=sources[0].file
        )
    elif all(check.level is not Level.REQUIRED for check in checks):
        message = "all its checks are advice; a stage needs a required one"
        file = next(source.file for source in sources if checks[0] in _checks_in(source.module))
        yield CourseError(message, file=file, line=_line_of(checks[0]) or None)


def _points_for_nothing(checks: Sequence[Check], stage: Stage) -> Iterator[CourseError]:
    names = [check.name for check in checks]
    unknown = [name for name in stage.points if name not in names]
    # Read again, and only where something is wrong: a stage need not carry the lines of its entry
    # about.
    lines = read_outline(stage.folder.parents[1]).point_lines if unknown else {}
    for name in unknown:
        suggestion = did_you_mean(name, names)
        message = f"points for {name!r}, but stage {stage.slug!r} has no such check{suggestion}"
        yield CourseError(message, file=COURSE_FILE, line=lines.get((stage.slug, name)))
