"""stages/<folder>/__init__.py: the package that compares a track with the reference, imported by
its path."""

from __future__ import annotations

import sys
import traceback
import zlib
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any

from grader.comparing.comparison import Comparison
from grader.course.model import STAGES_FOLDER
from grader.errors import CourseError

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from grader.comparing.comparison import AnyComparison
    from grader.course import Course, Track

NAME = "COMPARISON"


def comparison_of(course: Course, track: Track) -> AnyComparison | None:
    """What compares the track with the reference; `None` where stages.yaml names nothing. Raises
    `CourseError`."""
    if not track.comparison:
        return None
    place = f"{STAGES_FOLDER}/{track.comparison}/__init__.py"
    found: Any = getattr(_imported(course.root / place, place), NAME, None)
    if not isinstance(found, Comparison):
        message = f"there is no {NAME}: an object of a class derived from Comparison"
        raise CourseError(message, file=place)
    return found


def _imported(path: Path, place: str) -> ModuleType:
    """The package, under a name that no other course can have. What is imported stays: both tracks
    of a course may name it, and its parts import each other."""
    name = f"comparison_{zlib.crc32(bytes(path)):08x}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, path, submodule_search_locations=[str(path.parent)])
    if not path.is_file() or spec is None or spec.loader is None:
        raise CourseError("there is no such file, so there is no comparison", file=place)
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        message = traceback.format_exception_only(error)[-1].strip()
        raise CourseError(message, file=place) from error
    return module
