"""Where a program may be mutated: every node that decides what it does, and none that only tells
people something."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNMUTATED_NAMES: Final = frozenset({"__all__", "__slots__"})
_UNMUTATED_CALLS: Final = frozenset({"TypeVar", "dataclass"})
_UNMUTATED_FUNCTIONS: Final = frozenset({"__repr__"})
_UNMUTATED_KEYWORDS: Final = frozenset(
    {"help", "description", "epilog", "metavar", "prog", "usage"}
)
_TYPES: Final[Mapping[type[ast.AST], str]] = {
    ast.arg: "annotation",
    ast.AnnAssign: "annotation",
    ast.FunctionDef: "returns",
    ast.AsyncFunctionDef: "returns",
    ast.ClassDef: "bases",
    ast.FormattedValue: "format_spec",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Place:
    """A node, and where its parent keeps it: in `holder.field`, or there at `index`.

    where: the qualified name of the innermost function, or of the module's or class's name that is
    assigned here. line, column: from 1 and 0; inside an f-string those of the whole f-string, for
    older Pythons tell no better.
    """

    node: ast.AST
    holder: ast.AST
    field: str
    index: int | None
    where: str
    line: int
    column: int
    in_raise: bool = False
    in_format: bool = False
    function: Function | None = None
    owner: ast.ClassDef | None = None

    @property
    def is_told(self) -> bool:
        """Whether this is in the words of an error: they are for people, and promised to nobody."""
        is_text = isinstance(self.node, ast.Constant) and isinstance(self.node.value, str)
        return self.in_raise and (is_text or self.in_format)

    @property
    def may_be_left_out(self) -> bool:
        """Whether the program still runs without this statement: what it assigns is assigned
        elsewhere, too."""
        match self.node:
            case ast.Return():
                return self.function is None or self.node is not self.function.body[-1]
            case ast.Assign(targets=targets):
                return all(self._assigned_elsewhere(target) for target in targets)
            case ast.AnnAssign(target=target):
                return self._assigned_elsewhere(target)
        return True

    @property
    def may_be_none(self) -> bool:
        """Whether the function here says that it may return None."""
        returns = self.function.returns if self.function else None
        return returns is not None and any(
            isinstance(part, ast.Constant) and part.value is None for part in ast.walk(returns)
        )

    def _assigned_elsewhere(self, target: ast.expr) -> bool:
        if isinstance(target, ast.Tuple):
            return all(self._assigned_elsewhere(part) for part in target.elts)
        if isinstance(target, ast.Subscript):
            return True
        scope = self.owner if isinstance(target, ast.Attribute) else self.function
        return scope is not None and self._stores(scope)[ast.unparse(target)] > 1

    @staticmethod
    def _stores(scope: ast.AST) -> Counter[str]:
        named = Counter(
            ast.unparse(node)
            for node in ast.walk(scope)
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store)
        )
        return named + Counter(node.arg for node in ast.walk(scope) if isinstance(node, ast.arg))


def places(tree: ast.Module) -> Iterator[Place]:
    """Every place in the module that may be mutated, from the top down."""
    yield from _inside(Place(tree, tree, "", None, "", 1, 0))


def _inside(parent: Place) -> Iterator[Place]:
    node = parent.node
    for field, value in ast.iter_fields(node):
        if field == _TYPES.get(type(node)):
            continue
        children = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, child in children:
            if isinstance(child, ast.AST) and not _only_tells(parent, child):
                place = _child(parent, child, field, index)
                yield place
                yield from _inside(place)


def _child(parent: Place, node: ast.AST, field: str, index: int | None) -> Place:
    position = (parent.line, parent.column)
    if not parent.in_format and isinstance(
        node, ast.stmt | ast.expr | ast.ExceptHandler | ast.keyword | ast.arg
    ):
        position = (node.lineno, node.col_offset)
    place = replace(
        parent,
        node=node,
        holder=parent.node,
        field=field,
        index=index,
        line=position[0],
        column=position[1],
        in_raise=parent.in_raise or isinstance(node, ast.Raise),
        in_format=parent.in_format or isinstance(node, ast.JoinedStr),
    )
    return _named(place)


def _named(place: Place) -> Place:
    node, where = place.node, place.where
    prefix = f"{where}." if where else ""
    if isinstance(node, Function):
        return replace(place, where=f"{prefix}{node.name}", function=node)
    if isinstance(node, ast.ClassDef):
        return replace(place, where=f"{prefix}{node.name}", owner=node, function=None)
    if place.function is None and (name := _assigned(node)):
        return replace(place, where=f"{prefix}{name}")
    return place


def _assigned(node: ast.AST) -> str:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def _only_tells(parent: Place, node: ast.AST) -> bool:
    """Whether nothing below this node is anybody's but the reader's, or the type checker's."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign() | ast.AnnAssign():
            return _assigned(node) in _UNMUTATED_NAMES
        case ast.Call(func=ast.Name(id=name)):
            return name in _UNMUTATED_CALLS
        case ast.keyword(arg=str(name)):
            return name in _UNMUTATED_KEYWORDS
        case ast.FunctionDef(name=name):
            return name in _UNMUTATED_FUNCTIONS
    return isinstance(node, ast.expr_context)
