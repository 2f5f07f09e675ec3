"""Makes docs/author-api.md, what the writer of a check imports, from signatures and docstrings.

    python -m docs.make_author_api

Which modules and names these are is said in one place, the test that holds the stages to it
(tests/architecture/test_author_api.py). What a session hands out without an import is added.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.budgets import Budgets
from grader.check.random_inputs import RandomInputs
from grader.program.served_directory import SharedFiles
from tests.architecture.test_author_api import AUTHOR_API

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import ModuleType

PAGE: Final = Path(__file__).with_name("author-api.md")
HANDED_OUT: Final = {
    "session.random": RandomInputs,
    "session.files": SharedFiles,
    "session.budgets": Budgets,
}
INTRODUCTION: Final = """\
# What a check imports

<!-- made from the docstrings by `python -m docs.make_author_api`; do not edit -->

The checks of a stage import these modules, and nothing else of the grader.
[Writing a stage](course-author.md) says step by step how they are used.
"""

_ITEM: Final = re.compile(r"(?:^|(?<=[.;]) )([a-z_]+(?:, [a-z_]+)*): ")
_COLUMNS: Final = 100
Fields = ast.Assign | ast.AnnAssign


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for name, names in AUTHOR_API.items():
        module = importlib.import_module(name)
        within = {one: getattr(module, one) for one in names or _public(module)}
        modules = {one: found for one, found in within.items() if inspect.ismodule(found)}
        parts += _module(module, name, within.keys() - modules.keys())
        for one, found in modules.items():
            parts += _module(found, f"{name}.{one}", None)
    parts.append("## What a session hands out\n\nA check does not import these.\n")
    for said, kind in HANDED_OUT.items():
        parts.append(f"### `{said}`\n")
        parts += _class(kind)
    return "\n".join(parts)


def _module(module: ModuleType, said: str, names: Collection[str] | None) -> Iterator[str]:
    """A module, as it is called where it is imported, and these names of it; or all of a package's,
    by the file that they are from."""
    yield f"## `{said}`\n"
    yield _prose(module.__doc__)
    wanted = sorted(names) if names else _public(module)
    homes = {name: _home(module, name) for name in wanted}
    for home in sorted({*homes.values()}, key=lambda home: home.__name__):
        grouped = home.__name__.startswith(f"{module.__name__}.") and names is None
        if grouped:
            yield f"### {home.__name__.rpartition('.')[2].replace('_', ' ').capitalize()}\n"
            yield _prose(home.__doc__)
        for name in (name for name in wanted if homes[name] is home):
            yield f"{'####' if grouped else '###'} `{name}`\n"
            yield from _entry(home, name)


# --- where a name is defined ----------------------------------------------------------------------


def _public(module: ModuleType) -> list[str]:
    """What `__all__` says; without one, what is defined here."""
    defined = [name for name in _definitions(module) if not name.startswith("_")]
    return list(getattr(module, "__all__", defined))


def _home(module: ModuleType, name: str) -> ModuleType:
    """The module that defines it."""
    if name in _definitions(module):
        return module
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
            return _home(importlib.import_module(node.module or ""), name)
    raise LookupError(f"{module.__name__} has no {name}")


@cache
def _definitions(module: ModuleType) -> dict[str, ast.stmt]:
    """The statements at its top that give something a name."""
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found[node.name] = node
        elif isinstance(node, Fields):
            found |= dict.fromkeys(_assigned(node), node)
    return found


def _assigned(node: Fields) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _source(module: ModuleType, first: int, last: int) -> str:
    """These lines of its file, both included and counted from 1."""
    return textwrap.dedent("\n".join(inspect.getsource(module).splitlines()[first - 1 : last]))


# --- one name -------------------------------------------------------------------------------------


def _entry(module: ModuleType, name: str) -> Iterator[str]:
    node = _definitions(module)[name]
    if isinstance(node, ast.ClassDef):
        yield from _class(getattr(module, name))
    elif isinstance(node, ast.FunctionDef):
        yield from _function(module, node)
    else:
        yield _code(_source(module, node.lineno, node.end_lineno or node.lineno))


def _class(kind: type) -> Iterator[str]:
    """A class: its fields, what it is, and each public method, inherited ones too."""
    module, node = _defined(kind)
    fields = [field for field in node.body if isinstance(field, Fields)]
    methods = _methods(node)
    body = [_source(module, field.lineno, field.end_lineno or field.lineno) for field in fields]
    # Whatever else a check holds, a session has made.
    if issubclass(kind, Exception):
        body += [_signature(module, method) for method in methods if method.name == "__init__"]
    named = (ast.unparse(base) for base in node.bases)
    bases = ", ".join(base for base in named if base != "Value")  # as good as none
    head = f"class {node.name}({bases})" if bases else f"class {node.name}"
    indented = textwrap.indent("\n".join(body), "    ")
    yield _code(f"{head}:\n{indented}" if body else head)
    known = {name for field in fields for name in _assigned(field)}
    known |= {name for method in methods for name in _parameters(method)}
    yield _prose(ast.get_docstring(node), known)
    for base in kind.__mro__:
        if base.__module__.partition(".")[0] == kind.__module__.partition(".")[0]:
            home, inherited = _defined(base)
            for method in _methods(inherited):
                if not method.name.startswith("_"):
                    yield from _function(home, method)


def _defined(kind: type) -> tuple[ModuleType, ast.ClassDef]:
    module = sys.modules[kind.__module__]
    node = _definitions(module)[kind.__name__]
    assert isinstance(node, ast.ClassDef)
    return module, node


def _methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [method for method in node.body if isinstance(method, ast.FunctionDef)]


def _function(module: ModuleType, node: ast.FunctionDef) -> Iterator[str]:
    yield _code(_signature(module, node))
    yield _prose(ast.get_docstring(node), _parameters(node))


def _signature(module: ModuleType, node: ast.FunctionDef) -> str:
    """Its first lines as they are written: a decorator such as `contextmanager` says much."""
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return _source(module, first, node.body[0].lineno - 1).rstrip(":")


def _parameters(node: ast.FunctionDef) -> set[str]:
    given = node.args
    every = [*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg]
    return {argument.arg for argument in every if argument}


# --- Markdown -------------------------------------------------------------------------------------


def _code(text: str, language: str = "python") -> str:
    return f"```{language}\n{text}\n```\n"


def _prose(docstring: str | None, names: Collection[str] = ()) -> str:
    """A docstring as Markdown: examples are code, and what it says of these names is a list."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(docstring or ""))
    return "\n".join(_paragraph(paragraph, names) for paragraph in paragraphs if paragraph)


def _paragraph(text: str, names: Collection[str]) -> str:
    if text.startswith(">>>"):
        return _code(text, "pycon")
    sentences, pieces = "", []
    for piece in _items(" ".join(text.split())):
        name, colon, rest = piece.partition(": ")
        if colon and {*name.split(", ")} <= {*names}:
            pieces.append(f"- `{name}`: {rest}")
        elif pieces:
            pieces[-1] += f" {piece}"
        else:
            sentences = f"{sentences} {piece}".strip()
    blocks = [_wrapped(sentences), "\n".join(_wrapped(piece, "  ") for piece in pieces)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _items(text: str) -> Iterator[str]:
    """The text, cut before each "name: " that begins a sentence."""
    starts = [match.start(1) for match in _ITEM.finditer(text)]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        if piece := text[start:end].strip():
            yield piece


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, _COLUMNS, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
