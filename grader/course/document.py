"""YAML with positions: text to nodes, nodes to values, and every problem with its file and line."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING

import yaml
from msgspec import field
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from grader import limits
from grader.errors import CourseError
from grader.text.nearest import did_you_mean, nearest
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# libyaml's loader reads our course in a tenth of the time; a PyYAML built without it lacks the
# name.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STR, INT, FLOAT = ("tag:yaml.org,2002:" + name for name in ("str", "int", "float"))


class MappingKeys(Value, frozen=True):
    """The keys a mapping has to have, and may have. `noun` names the mapping in messages."""

    noun: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


class Problems(Value):
    """The problems found so far in one file."""

    file: str
    found: list[CourseError] = field(default_factory=list)

    def add(self, node: Node, message: str) -> None:
        self.found.append(CourseError(message, file=self.file, line=line_of(node)))

    def in_order(self) -> list[CourseError]:
        return sorted(self.found, key=lambda problem: problem.line or 0)


def line_of(node: Node) -> int:
    """The line a node starts on, counted from 1."""
    return int(node.start_mark.line) + 1


def read_text(path: Path, file: str) -> str:
    """The text of a file that messages call `file`; a CourseError when it is not there, not text or
    empty."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CourseError("not a text file in UTF-8", file=file, line=line) from error
    except FileNotFoundError as error:
        raise CourseError(f"there is no such file in {path.parent}", file=file) from error
    except OSError as error:
        raise CourseError(f"cannot be read: {error.strerror}", file=file) from error
    if not text.strip():
        raise CourseError("the file is empty", file=file, line=1)
    return text


def parse(text: str, file: str) -> Node:
    """The root node of a YAML document; a CourseError when it is not one."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise CourseError(
            "contains a control character; is it a text file?", file=file, line=line
        ) from error
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text, file) from error
    if root is None:
        raise CourseError("the file holds only comments", file=file, line=1)
    return root


def _syntax_error(error: yaml.MarkedYAMLError, text: str, file: str) -> CourseError:
    mark = error.problem_mark or error.context_mark
    index = mark.line if mark is not None else 0
    lines = [*text.splitlines(), ""]
    line = lines[min(index, len(lines) - 1)]
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        return CourseError(
            "a tab in the indentation; YAML is indented with spaces", file=file, line=index + 1
        )
    message = ", ".join(part for part in (error.context, error.problem) if part)
    return CourseError(f"invalid YAML: {message}", file=file, line=index + 1)


def mapping(node: Node | None, keys: MappingKeys, problems: Problems) -> dict[str, Node]:
    """The values of a mapping by their (known) keys; reports what is unknown, missing or double."""
    values: dict[str, Node] = {}
    meant: set[str | None] = set()
    for key, value in pairs(node, keys.noun, problems):
        if key.value in values:
            problems.add(key, f"key {key.value!r} is there twice")
        elif key.value in keys.all:
            values[key.value] = value
        else:
            meant.add(nearest(key.value, keys.all))
            suggestion = (
                did_you_mean(key.value, keys.all) or f"; {keys.noun} has {', '.join(keys.all)}"
            )
            problems.add(key, f"unknown key {key.value!r}{suggestion}")
    if isinstance(node, MappingNode):
        # A key that is only misspelt is not reported as missing as well.
        for name in (name for name in keys.required if name not in values and name not in meant):
            problems.add(node, f"{keys.noun} needs {name!r}")
    return values


def pairs(node: Node | None, noun: str, problems: Problems) -> list[tuple[ScalarNode, Node]]:
    """The keys and values of a mapping, as they are; a node that is missing has none."""
    if node is None:
        return []
    if not isinstance(node, MappingNode):
        problems.add(node, f"{noun} must be a mapping (`key: value` lines), not {kind(node)}")
        return []
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            problems.add(key, f"a key must be a word, not {kind(key)}")
    return [(key, value) for key, value in node.value if isinstance(key, ScalarNode)]


def items(
    node: Node | None, noun: str, problems: Problems, *, filled: bool = False
) -> Sequence[Node]:
    """The items of a list; a missing node has none. `filled`: an empty list is a problem."""
    if node is None:
        return ()
    if not isinstance(node, SequenceNode):
        problems.add(node, f"{noun} must be a list, not {kind(node)}")
        return ()
    if filled and not node.value:
        problems.add(node, f"{noun} must not be empty")
    return tuple(node.value)


def one_line(node: Node | None, noun: str, problems: Problems) -> str:
    """A string; the empty one stands in for a node that is missing or wrong."""
    if node is None:
        return ""
    if not isinstance(node, ScalarNode) or node.tag != STR:
        quoted = "; put it in quotes" if isinstance(node, ScalarNode) and node.value else ""
        problems.add(node, f"{noun} must be text, not {kind(node)}{quoted}")
        return ""
    value = str(node.value)
    if not value.strip() or "\n" in value:
        problems.add(node, f"{noun} must be one line of text")
    return value


class NumberRange(Value, frozen=True):
    """Which numbers are right: `wanted` is how a message puts it; both ends are included."""

    wanted: str
    lowest: float
    highest: float
    tags: tuple[str, ...] = (INT,)


SECONDS = NumberRange(
    "a number of seconds, above 0 and up to 3600", math.ulp(0.0), 3600, (INT, FLOAT)
)
PORT = NumberRange("a port number, 1 to 65535", 1, 65535)
LIMIT = NumberRange(
    f"a whole number from {limits.LOWEST} to {limits.HIGHEST}", limits.LOWEST, limits.HIGHEST
)
POINTS = NumberRange("a whole number of points, 0 or more", 0, math.inf)


def number(node: Node | None, noun: str, bounds: NumberRange, problems: Problems) -> float:
    """A number within bounds; 1 stands in for a node that is missing or wrong."""
    if node is None:
        return 1
    if isinstance(node, ScalarNode) and node.tag in bounds.tags:
        with suppress(ValueError):  # `!!int x` has the tag of a number
            value: float = yaml.constructor.SafeConstructor().construct_object(node)
            if bounds.lowest <= value <= bounds.highest:
                return value
    problems.add(node, f"{noun} must be {bounds.wanted}, not {kind(node)}")
    return 1


def kind(node: Node) -> str:
    """What a node is, for a message that says what it should have been."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    return repr(str(node.value)) if node.value else "nothing"
