"""What somebody does to a program of Python so that it does not look copied."""

from __future__ import annotations

import ast
import builtins
import io
import tokenize


def renamed(text: str) -> str:
    """With other names for all that it names itself, other blanks and other comments."""
    own = _own_names(ast.parse(text))
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        said = token.string
        if token.type == tokenize.NAME and said in own:
            said = f"my_{said[::-1]}"
        elif token.type == tokenize.COMMENT:
            said = "# mine"
        found.append((token.type, said))
    return tokenize.untokenize(found)


def reordered(text: str) -> str:
    """With its functions and classes, and the methods of these, the other way round."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            node.body.reverse()
    defined = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    others = [node for node in tree.body if node not in defined]
    begin = [node for node in others if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)]
    end = [node for node in others if node not in begin]
    tree.body = [*begin, *reversed(defined), *end]
    return ast.unparse(tree)


def _own_names(tree: ast.AST) -> set[str]:
    own = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            own.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
    return {name for name in own if not hasattr(builtins, name)}
