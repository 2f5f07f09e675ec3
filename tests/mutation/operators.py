"""What can go wrong in a piece of source: each operator takes a syntax node, and yields what may
stand in its place.

Pure: a replacement is a new node that shares the parts that stay; the node itself is never changed.
To swap the two branches of an `if` is the same as to negate its condition, so only the latter is
done.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

Replacement = ast.AST | list[ast.stmt]
Operator = Callable[[ast.AST], Iterator[Replacement]]

_OPPOSITE: Final[Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_DROPPED_METHODS: Final = frozenset({"lower", "upper", "casefold", "strip", "lstrip", "rstrip"})
_DROPPED_METHODS_OF_PREFIXES: Final = frozenset({"removeprefix", "removesuffix"})
_DROPPED_FUNCTIONS: Final = frozenset(
    {"realpath", "abspath", "normpath", "resolve", "sorted", "reversed"}
)
_CODECS: Final = frozenset({"encode", "decode"})
_SIMILAR: Final[Mapping[str, str]] = {
    "fullmatch": "match",
    "partition": "rpartition",
    "find": "rfind",
    "startswith": "endswith",
    "endswith": "startswith",
    "isfile": "exists",
    "lexists": "exists",
    "max": "min",
    "min": "max",
}


def numbers(node: ast.AST) -> Iterator[Replacement]:
    """One more, one less, and nothing; the other truth value."""
    match node:
        case ast.Constant(value=bool(value)):
            yield _changed(node, value=not value)
        case ast.Constant(value=int(value) | float(value)):
            for other in dict.fromkeys((value + 1, value - 1, type(value)(0))):
                if other != value:
                    yield _changed(node, value=other)


def texts(node: ast.AST) -> Iterator[Replacement]:
    """Emptied, one character changed (the first and the last letter or digit), upper and lower case
    swapped."""
    match node:
        case ast.Constant(value=str(value)):
            for other in _other_texts(value):
                yield _changed(node, value=other)
        case ast.Constant(value=bytes(value)):
            for other in _other_texts(value.decode("latin-1")):
                yield _changed(node, value=other.encode("latin-1"))


def _other_texts(text: str) -> Iterator[str]:
    if not text:
        yield "x"
        return
    places = [
        at for at, character in enumerate(text) if character.isascii() and character.isalnum()
    ] or [len(text) - 1]
    changed = (text[:at] + _next(text[at]) + text[at + 1 :] for at in (places[0], places[-1]))
    yield from (other for other in dict.fromkeys(("", *changed, text.swapcase())) if other != text)


def _next(character: str) -> str:
    """A neighbour, so that a range in a regular expression stays one: [0-9] becomes [1-9] or
    [0-8]."""
    if not (character.isascii() and character.isalnum()):
        return "x"
    return chr(ord(character) + (-1 if character in "9zZ" else 1))


def comparisons(node: ast.AST) -> Iterator[Replacement]:
    """The opposite of each comparison, and the one that differs only when both sides are equal."""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            for other in _OPPOSITE[type(operator)]:
                yield _changed(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def clauses(node: ast.AST) -> Iterator[Replacement]:
    """`and` and `or` without one of their operands."""
    if isinstance(node, ast.BoolOp):
        for at in range(len(node.values)):
            rest = node.values[:at] + node.values[at + 1 :]
            yield _changed(node, values=rest) if len(rest) > 1 else rest[0]


def conditions(node: ast.AST) -> Iterator[Replacement]:
    """A negated condition; a plain comparison is left to `comparisons`."""
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            if not _negated_elsewhere(test):
                yield _changed(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=[*tests]):
            for at, test in enumerate(tests):
                yield _changed(node, ifs=tests[:at] + tests[at + 1 :])
                if not _negated_elsewhere(test):
                    yield _changed(
                        node, ifs=[*tests[:at], ast.UnaryOp(ast.Not(), test), *tests[at + 1 :]]
                    )


def _negated_elsewhere(test: ast.expr) -> bool:
    return (isinstance(test, ast.Compare) and len(test.ops) == 1) or (
        isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    )


def calls(node: ast.AST) -> Iterator[Replacement]:
    """A call that is left out, or another one in its place that is like it most of the time."""
    match node:
        case ast.Call(func=ast.Attribute(value=receiver, attr=name), args=args):
            if name in _DROPPED_METHODS or (name in _DROPPED_METHODS_OF_PREFIXES and args):
                yield receiver
            elif name in _DROPPED_FUNCTIONS:
                yield args[0] if args else receiver
            elif name in _CODECS and args:
                yield _changed(node, args=[])
            if name in _SIMILAR:
                yield _changed(node, func=_changed(node.func, attr=_SIMILAR[name]))
        case ast.Call(func=ast.Name(id=name), args=[first, *_]):
            if name in _DROPPED_FUNCTIONS:
                yield first
            if name in _SIMILAR:
                yield _changed(node, func=_changed(node.func, id=_SIMILAR[name]))


def statements(node: ast.AST) -> Iterator[Replacement]:
    """A statement that is left out; what would then not run at all is kept (see `places`)."""
    match node:
        case ast.Expr(value=ast.Constant() | ast.Yield() | ast.YieldFrom()):
            return
        case ast.Assign() | ast.AnnAssign(value=ast.expr()):
            yield [ast.Pass()]
        case (
            ast.Expr()
            | ast.Raise()
            | ast.Return()
            | ast.AugAssign()
            | ast.Delete()
            | ast.Break()
            | ast.Continue()
        ):
            yield [ast.Pass()]


def answers(node: ast.AST) -> Iterator[Replacement]:
    """None in place of what is returned; only for functions that may return it (see `places`)."""
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield _changed(node, value=ast.Constant(None))


def guards(node: ast.AST) -> Iterator[Replacement]:
    """`with` without one of its contexts, `try` without one of its handlers or without its
    `finally`."""
    match node:
        case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
            for at, item in enumerate(items):
                if item.optional_vars is None:
                    rest = items[:at] + items[at + 1 :]
                    yield _changed(node, items=rest) if rest else list(body)
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=final):
            for at in range(len(handlers)):
                if others := handlers[:at] + handlers[at + 1 :]:
                    yield _changed(node, handlers=others)
                else:
                    whole = [*body, *orelse]
                    yield ast.Try(whole, [], [], final) if final else whole
            if final:
                yield _changed(node, finalbody=[]) if handlers else list(body)


def _changed(node: ast.AST, **fields: Any) -> Any:  # noqa: ANN401  (the same kind of node as was given)
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


OPERATORS: Final[Mapping[str, Operator]] = {
    "number": numbers,
    "text": texts,
    "comparison": comparisons,
    "clause": clauses,
    "condition": conditions,
    "call": calls,
    "statement": statements,
    "answer": answers,
    "guard": guards,
}
