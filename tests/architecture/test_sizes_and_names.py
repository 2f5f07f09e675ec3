"""The rules of the house that a machine can see: sizes, names, docstrings, waiting, state."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.checkout import Source, sources

LONGEST_FUNCTION = 40
LONGEST_MODULE = 300
LONGEST_CHECKS = 270
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
every_source = pytest.mark.parametrize("source", OURS, ids=lambda source: source.name)
every_grader_source = pytest.mark.parametrize("source", GRADER, ids=lambda source: source.name)


def test_there_is_something_to_look_at() -> None:
    assert len(GRADER) > 30
    assert len(sources("reference")) > 10
    assert len(sources("stages")) >= 9


@every_source
def test_functions_are_short(source: Source) -> None:
    long = [
        f"{source.name}:{node.lineno} {node.name}: {length} lines"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


@every_source
def test_modules_are_short(source: Source) -> None:
    assert source.lines <= (LONGEST_CHECKS if source.name.startswith("stages/") else LONGEST_MODULE)


@pytest.mark.parametrize(
    "source", [*OURS, *TESTS, *sources("docs")], ids=lambda source: source.name
)
def test_modules_open_with_a_docstring(source: Source) -> None:
    assert ast.get_docstring(source.tree), f"{source.name} does not say what it owns"


@every_source
def test_names_mean_something(source: Source) -> None:
    meaningless = {part.lower() for part in Path(source.name).with_suffix("").parts} & MEANINGLESS
    assert not meaningless, f"{source.name}: name the thing"


@pytest.mark.parametrize("source", sources("grader", "stages"), ids=lambda source: source.name)
def test_nobody_sleeps(source: Source) -> None:
    assert not [
        f"{source.name}:{line}: wait for a fact, not for a while" for line in _sleeps(source.tree)
    ]


def _sleeps(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "sleep":
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and any(name.name == "sleep" for name in node.names):
            yield node.lineno


@every_grader_source
def test_no_state_in_modules(source: Source) -> None:
    """A constant is in capitals and stays as it is; everything that changes has an owner with a
    lifetime."""
    constants = set()
    for node in source.tree.body:
        for name, value in _assigned(node):
            if _is_mutable(value) and name != "__all__":
                assert name.isupper(), (
                    f"{source.name}:{node.lineno}: {name} is mutable state of a module"
                )
                constants.add(name)
    assert not [f"{source.name}:{line}" for line in _changes(source.tree, constants)]


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
