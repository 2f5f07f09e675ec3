"""stages/<slug>/checks.py: imported by its path, and held against what the stage's entry says."""

from __future__ import annotations

import inspect
import sys
import traceback
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType

from grader.check import Check, Level
from grader.course.model import CHECKS_FILE, COURSE_FILE, STAGES_FOLDER, Stage
from grader.course.nearest import did_you_mean
from grader.course.outline import read_outline
from grader.errors import CourseError


@dataclass(frozen=True, slots=True)
class _Source:
    """An imported checks.py: the module, and the code that made it."""

    module: ModuleType
    code: CodeType


def load_checks(stage: Stage) -> Stage:
    """The stage with its checks; a CourseError when its checks.py does not define them as it should."""
    if stage.declared is not None:
        return stage
    loaded, problems = try_checks(stage)
    for problem in problems:
        raise problem
    return loaded


def try_checks(stage: Stage) -> tuple[Stage, list[CourseError]]:
    """The stage with the checks it has, and everything that is wrong with them."""
    file = printed(stage, CHECKS_FILE)
    try:
        source = _imported(stage.checks_file, file)
    except CourseError as problem:
        return replace(stage, declared=()), [problem]
    checks = _checks_in(source.module)
    problems = [*_twice(checks, source.code, file), *_nothing_required(checks, file)]
    problems += _points_for_nothing(checks, stage)
    return replace(stage, declared=checks), problems


def printed(stage: Stage, name: str) -> str:
    """How messages name a file of a stage: by its path below the course's directory."""
    return f"{STAGES_FOLDER}/{stage.slug}/{name}"


def _imported(path: Path, file: str) -> _Source:
    """The module in `path`, under a name that no other course or stage can have."""
    if not path.is_file():
        raise CourseError("there is no such file, so the stage has no checks", file=file)
    name = f"checks_of_{path.parent.name.replace('-', '_')}_{zlib.crc32(bytes(path)):08x}"
    loader = SourceFileLoader(name, str(path))
    spec = spec_from_loader(name, loader)
    assert spec is not None  # a loader for one file always knows where that is
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up by its name while it is being executed
    try:
        code = loader.get_code(name)
        assert code is not None  # it comes from a source file
        exec(code, vars(module))  # as the loader does, but without compiling it again for `_Source`
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        message = traceback.format_exception_only(error)[-1].strip()
        raise CourseError(message, file=file, line=_line_in(path, error)) from error
    return _Source(module, code)


def _line_in(path: Path, error: BaseException) -> int | None:
    """The last line of the file in `path` that took part in `error`."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)


def _checks_in(module: ModuleType) -> tuple[Check, ...]:
    """The checks bound to the module's names, each once, in the order their functions are defined."""
    checks = {id(value): value for value in vars(module).values() if isinstance(value, Check)}
    return tuple(sorted(checks.values(), key=_line_of))


def _line_of(check: Check) -> int:
    code = getattr(inspect.unwrap(check.judge), "__code__", None)
    return code.co_firstlineno if isinstance(code, CodeType) else 0


def _twice(checks: Sequence[Check], code: CodeType, file: str) -> Iterator[CourseError]:
    """Names that two checks have. A second `def` hides the first one, which only the code still shows."""
    bound = [(check.name, _line_of(check)) for check in checks]
    names = {name for name, _ in bound}
    defined = [(part.co_name, part.co_firstlineno) for part in code.co_consts if isinstance(part, CodeType)]
    hidden = [(name, line) for name, line in defined if name in names and (name, line) not in bound]
    lines: dict[str, int] = {}
    for name, line in sorted([*bound, *hidden], key=lambda place: place[1]):
        if name in lines:
            yield CourseError(f"{name!r} is defined already, on line {lines[name]}", file=file, line=line)
        lines.setdefault(name, line)


def _nothing_required(checks: Sequence[Check], file: str) -> Iterator[CourseError]:
    if not checks:
        yield CourseError("declares no check (`@check(...)` over a function)", file=file)
    elif all(check.level is not Level.REQUIRED for check in checks):
        message = "all its checks are advice; a stage needs a required one"
        yield CourseError(message, file=file, line=_line_of(checks[0]) or None)


def _points_for_nothing(checks: Sequence[Check], stage: Stage) -> Iterator[CourseError]:
    names = [check.name for check in checks]
    unknown = [name for name in stage.points if name not in names]
    # Read again, and only where something is wrong: a stage need not carry the lines of its entry about.
    lines = read_outline(stage.folder.parents[1]).point_lines if unknown else {}
    for name in unknown:
        suggestion = did_you_mean(name, names)
        message = f"points for {name!r}, and stage {stage.slug!r} has no such check{suggestion}"
        yield CourseError(message, file=COURSE_FILE, line=lines.get((stage.slug, name)))
