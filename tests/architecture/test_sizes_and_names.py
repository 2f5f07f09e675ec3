"""The rules of the house that a machine can see: sizes, names, docstrings, waiting, state."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.architecture.checkout import assert_none, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_FUNCTION = 40
LONGEST_MODULE = 300
LONGEST_CHECKS = 200
MEANINGLESS = frozenset(
    ["util", "utils", "helper", "helpers", "manager", "base", "common", "misc", "data", "info"]
)
MUTABLE = frozenset(
    ["list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict"]
)
MUTATING = frozenset(
    [
        "append",
        "extend",
        "insert",
        "add",
        "update",
        "setdefault",
        "pop",
        "popitem",
        "remove",
        "discard",
        "clear",
    ]
)

OURS = sources("grader", "reference", "stages")
GRADER = sources("grader")
TESTS = tuple(
    test for test in sources("tests") if Path(test.name).name.startswith(("test_", "conftest"))
)
HELPERS = tuple(
    source
    for source in sources("tests")
    if not {"programs", "submissions"} & {*Path(source.name).parts}
)


def test_there_is_something_to_look_at() -> None:
    assert len(GRADER) > 30
    assert len(sources("reference")) > 10
    assert len(sources("stages")) >= 9
    assert len(TESTS) > 100


def test_a_conditional_expression_holds_no_other() -> None:
    """`a if x else b if y else c` is an `if`, or a table."""
    assert_none(
        f"{source.name}:{node.lineno}: a conditional expression in another"
        for source in (*OURS, *HELPERS, *sources("docs"))
        for node in source.nodes
        if isinstance(node, ast.IfExp)
        and any(isinstance(part, ast.IfExp) for part in (node.test, node.body, node.orelse))
    )


def test_functions_are_short() -> None:
    assert_none(
        f"{source.name}:{node.lineno} {node.name}: {length} lines"
        for source in OURS
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    )


def _is_checks(name: str) -> bool:
    return name.startswith("stages/") and not name.startswith("stages/_")


def test_modules_are_short() -> None:
    assert_none(
        f"{source.name}: {source.lines} lines"
        for source in OURS
        if source.lines > (LONGEST_CHECKS if _is_checks(source.name) else LONGEST_MODULE)
    )


def test_modules_open_with_a_docstring() -> None:
    assert_none(
        f"{source.name} does not say what it owns"
        for source in (*OURS, *TESTS, *sources("docs"))
        if not ast.get_docstring(source.tree)
    )


def test_names_mean_something() -> None:
    assert_none(
        f"{source.name}: name the thing"
        for source in OURS
        if MEANINGLESS & {part.lower() for part in Path(source.name).with_suffix("").parts}
    )


def test_nobody_sleeps() -> None:
    assert_none(
        f"{source.name}:{line}: wait for a fact, not for a while"
        for source in sources("grader", "stages")
        for line in _sleeps(source.tree)
    )


def _sleeps(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "sleep":
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and any(name.name == "sleep" for name in node.names):
            yield node.lineno


def test_no_state_in_modules() -> None:
    """A constant is in capitals and stays as it is; everything that changes has an owner with a
    lifetime."""
    assert_none(
        f"{source.name}:{line}: {what}" for source in GRADER for line, what in _state(source.tree)
    )


def _state(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Where a module has, or makes of its constants, what changes; and what that is."""
    constants = set()
    for node in tree.body:
        for name, value in _assigned(node):
            if _is_mutable(value) and name != "__all__":
                if not name.isupper():
                    yield node.lineno, f"{name} is mutable state of a module"
                constants.add(name)
    for line in _changes(tree, constants):
        yield line, "what a module holds is changed"


def _assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        targets = [node.target]
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value  # type: ignore[attr-defined]


def _is_mutable(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2] in MUTABLE
    return isinstance(
        value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
    )


def _changes(tree: ast.Module, constants: set[str]) -> Iterator[int]:
    """Lines that rebind a module's name from inside a function, or change what one of `constants`
    holds."""
    for node in ast.walk(tree):
        held: ast.expr | None = None
        if isinstance(node, ast.Global):
            yield node.lineno
        elif isinstance(node, ast.Subscript):
            held = None if isinstance(node.ctx, ast.Load) else node.value
        elif isinstance(node, ast.Attribute):
            held = node.value if node.attr in MUTATING else None
        if isinstance(held, ast.Name) and held.id in constants:
            yield held.lineno


@pytest.mark.parametrize(
    "text",
    [
        "import time\ntime.sleep(1)\n",
        "from time import sleep\n",
        "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n",
    ],
)
def test_sleeping_would_be_seen(text: str) -> None:
    assert list(_sleeps(ast.parse(text)))


@pytest.mark.parametrize(
    "text", ["def f():\n    global x\n", "X['a'] = 1", "del X['a']", "X.update(a=1)"]
)
def test_changes_would_be_seen(text: str) -> None:
    assert list(_changes(ast.parse(text), {"X"}))
