"""docs/author-api.md is what docs/make_author_api.py makes of today's signatures and docstrings."""

from __future__ import annotations

import ast
import inspect

from docs import make_author_api
from docs.make_author_api import PAGE
from grader.http1 import expect


def test_the_page_is_up_to_date() -> None:
    kept = PAGE.read_text(encoding="utf-8")
    assert make_author_api.page() == kept, "python -m docs.make_author_api writes it anew"


def test_every_judgement_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert not [name for name in expect.__all__ if f" `{name}`\n" not in page]


def test_what_is_said_of_names_is_a_list() -> None:
    function = """
def wait(seconds: float, *, once: bool = False) -> None:
    '''Wait. See also: nothing. seconds: how long,
    in seconds. once: only
    the first time.

    >>> wait(1)
    '''
"""
    (node,) = ast.parse(function).body
    assert isinstance(node, ast.FunctionDef)
    known = make_author_api._parameters(node)
    assert make_author_api._prose(inspect.cleandoc(ast.get_docstring(node) or ""), known) == (
        "Wait. See also: nothing.\n\n- `seconds`: how long, in seconds.\n"
        "- `once`: only the first time.\n\n```pycon\n>>> wait(1)\n```\n"
    )
