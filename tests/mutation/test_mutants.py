"""Which mutants a source has: each operator yields its own, and what only tells people something
yields none."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.mutation.mutants import Mutant, mutants, printed
from tests.mutation.scope import UNPROMISED, UNSEEN_FILES, all_mutants, files, mutants_of_files
from tests.mutation.subject import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def _of(operator: str, source: str) -> list[str]:
    """What the mutated lines become, for the mutants of one operator."""
    return [mutant.now for mutant in mutants("a.py", source) if mutant.operator == operator]


@pytest.mark.parametrize(
    ("operator", "source", "becomes"),
    [
        ("number", "x = 7", ["x = 8", "x = 6", "x = 0"]),
        ("number", "x = 0", ["x = 1", "x = -1"]),
        ("number", "x = 0.5", ["x = 1.5", "x = -0.5", "x = 0.0"]),
        ("number", "x = True", ["x = False"]),
        ("number", "def f(x=False): pass", ["def f(x=True):"]),
        ("text", "x = 'Ab'", ["x = ''", "x = 'Bb'", "x = 'Ac'", "x = 'aB'"]),
        ("text", "x = b'a'", ["x = b''", "x = b'b'", "x = b'A'"]),
        ("text", "x = b'\\r\\n'", ["x = b''", "x = b'\\rx'"]),
        ("text", "x = ''", ["x = 'x'"]),
        ("text", "x = b''", ["x = b'x'"]),
        ("text", "x = '[0-9]'", ["x = ''", "x = '[1-9]'", "x = '[0-8]'"]),
        ("text", "x = f'{y}: '", ["x = f'{y}'", "x = f'{y}:x'"]),
        ("comparison", "x = a == b", ["x = a != b"]),
        ("comparison", "x = a != b", ["x = a == b"]),
        ("comparison", "x = a < b", ["x = a <= b", "x = a >= b"]),
        ("comparison", "x = a <= b", ["x = a < b", "x = a > b"]),
        ("comparison", "x = a > b", ["x = a >= b", "x = a <= b"]),
        ("comparison", "x = a >= b", ["x = a > b", "x = a < b"]),
        ("comparison", "x = a in b", ["x = a not in b"]),
        ("comparison", "x = a not in b", ["x = a in b"]),
        ("comparison", "x = a is None", ["x = a is not None"]),
        ("comparison", "x = a is not b", ["x = a is b"]),
        (
            "comparison",
            "x = a < b > c",
            ["x = a <= b > c", "x = a >= b > c", "x = a < b >= c", "x = a < b <= c"],
        ),
        ("clause", "x = a and b", ["x = b", "x = a"]),
        ("clause", "x = a or b or c", ["x = b or c", "x = a or c", "x = a or b"]),
        ("condition", "x = not a", ["x = a"]),
        ("condition", "if a: b()", ["if not a:"]),
        ("condition", "while not a: b()", ["while a:"]),
        ("condition", "x = a if b else c", ["x = a if not b else c"]),
        ("condition", "if a == b: c()", []),  # a comparison has a mutant that says the same
        (
            "condition",
            "x = [y for y in z if y]",
            ["x = [y for y in z]", "x = [y for y in z if not y]"],
        ),
        ("call", "x = a.lower()", ["x = a"]),
        ("call", "x = a.strip(' ')", ["x = a"]),
        ("call", "x = a.lstrip().rstrip()", ["x = a.lstrip()", "x = a.rstrip()"]),
        ("call", "x = a.removeprefix('b')", ["x = a"]),
        ("call", "x = realpath(a)", ["x = a"]),
        ("call", "x = os.path.realpath(a)", ["x = a"]),
        ("call", "x = a.resolve()", ["x = a"]),
        ("call", "x = a.encode('latin-1')", ["x = a.encode()"]),
        ("call", "x = a.encode()", []),
        ("call", "x = a.fullmatch(b)", ["x = a.match(b)"]),
        ("call", "x = max(a, b)", ["x = min(a, b)"]),
        ("call", "x = a.b(c)", []),
        ("statement", "def f():\n    a()\n    return 1", ["pass"]),
        ("statement", "def f():\n    if a:\n        return 1\n    return 2", ["pass"]),
        ("statement", "def f(x):\n    x = 1\n    y = 2", ["pass"]),
        ("statement", "def f(x):\n    x += 1\n    del x[0]\n    raise x", ["pass", "pass", "pass"]),
        ("statement", "while a:\n    if b:\n        break\n    continue", ["pass", "pass"]),
        (
            "statement",
            "class A:\n    def f(self):\n        self.x = 1\n    def g(self):\n        self.x = 2",
            ["pass"] * 2,
        ),
        ("statement", "class A:\n    def f(self):\n        self.x = 1", []),
        ("statement", "def f():\n    yield", []),
        ("statement", "x = 1", []),
        ("answer", "def f() -> int | None:\n    return a", ["return None"]),
        ("answer", "def f() -> int | None:\n    return None", []),
        ("answer", "def f() -> int:\n    return a", []),
        ("guard", "with suppress(A):\n    b()", ["b()"]),
        ("guard", "with a, b:\n    c()", ["with b:", "with a:"]),
        ("guard", "with a as b:\n    c()", []),
        ("guard", "try:\n    a()\nexcept B:\n    c()", ["a()"]),
        ("guard", "try:\n    a()\nexcept B:\n    b()\nexcept C:\n    c()", ["except C:", ""]),
        (
            "guard",
            "try:\n    a()\nexcept B:\n    b()\nelse:\n    d()\nfinally:\n    c()",
            ["d()", ""],
        ),
    ],
)
def test_an_operator_yields_its_mutants(operator: str, source: str, becomes: list[str]) -> None:
    assert _of(operator, source) == becomes


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        'def f():\n    """A docstring."""\n    return a',
        'class A:\n    """A docstring."""',
        "x: Literal['a']",
        "def f(x: Literal['a', 3]) -> Literal['b']:\n    ...",
        "if TYPE_CHECKING:\n    import a\n    x = 1",
        "__all__ = ['a', 'b']",
        "class A:\n    __slots__ = ('a',)",
        "@dataclass(frozen=True, slots=True)\nclass A:\n    x: int",
        "T = TypeVar('T', bound=A)",
        "x = add_argument(b, help='text', metavar='X')",
        "class A:\n    def __repr__(self):\n        return 'A' + b",
        "from a import b\nimport c",
    ],
)
def test_what_only_tells_people_something_is_left_alone(source: str) -> None:
    assert list(mutants("a.py", source)) == []


def test_the_words_of_an_error_are_left_alone_and_its_status_is_not() -> None:
    found = [
        mutant.now
        for mutant in mutants("a.py", "if a:\n    raise HTTPError(404, 'no', f'not {b[:80]}')")
    ]

    assert found == ["if not a:", "pass"] + [
        f"raise HTTPError({n}, 'no', f'not {{b[:80]}}')" for n in (405, 403, 0)
    ]


def test_a_mutant_has_a_place_a_name_and_a_diff() -> None:
    source = "class A:\n    def f(self):\n        return g(1 <  2)  # why\n"
    first, *others = mutants("a/b.py", source)

    assert isinstance(first, Mutant)
    assert first.id == "a/b.py:3:17:comparison:1"
    assert first.where == "A.f"
    assert first.diff == "return g(1 < 2) -> return g(1 <= 2)"
    assert first.text == "class A:\n\n    def f(self):\n        return g(1 <= 2)"
    assert [other.id for other in others][:2] == [
        "a/b.py:3:17:comparison:2",
        "a/b.py:3:17:number:1",
    ]


def test_a_constant_is_named_where_it_is_assigned() -> None:
    source = "A: Final = {1: b}\nclass C:\n    d: int = 64 * e\n"

    assert {mutant.where for mutant in mutants("a.py", source)} == {"A", "C.d"}


def test_what_reads_the_same_in_one_function_is_numbered() -> None:
    source = "def f():\n    if a:\n        return\n    if b:\n        return\n    c()\n"

    assert [mutant.diff for mutant in mutants("a.py", source) if "return" in mutant.diff] == [
        "return -> pass",
        "return -> pass (2)",
    ]


def test_a_long_line_is_cut_around_what_differs() -> None:
    numbers = ", ".join(str(number) for number in range(100, 160))
    found = next(
        mutant for mutant in mutants("a.py", f"x = [{numbers}]") if "131, 131" in mutant.now
    )

    assert found.was.startswith("...")
    assert found.was.endswith("...")
    assert "130, 131, 132" in found.was
    assert len(found.was) < 100


@pytest.mark.e2e
@pytest.mark.parametrize("path", files(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_mutant_of_the_reference_compiles_and_differs(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    found = list(mutants(path.name, source))

    for mutant in found:
        compile(mutant.text, path.name, "exec")
    assert len({mutant.id for mutant in found}) == len(found)
    assert len({mutant.text for mutant in found} | {printed(source)}) == len(found) + 1


def test_to_list_mutants_leaves_no_trace_in_the_next() -> None:
    source = "x = a and not b.lower()\nraise y\n"

    assert list(mutants("a.py", source)) == list(mutants("a.py", source))
    assert printed(source) == ast.unparse(ast.parse(source))


@pytest.mark.e2e
def test_what_is_out_of_scope_is_there() -> None:
    inside = {path.relative_to(ROOT).as_posix() for path in files(ROOT)}

    assert all((ROOT / name).is_file() for name in UNSEEN_FILES)
    assert not inside & set(UNSEEN_FILES)
    named = {(mutant.file, mutant.where) for mutant in mutants_of_files(ROOT)}
    assert set(UNPROMISED) <= named
    assert not {(mutant.file, mutant.where) for mutant in all_mutants(ROOT)} & set(UNPROMISED)
