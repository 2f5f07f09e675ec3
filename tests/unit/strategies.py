"""What the tests draw: values of the grader's own kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

Kind = TypeVar("Kind")


def of_fields(
    kind: Callable[..., Kind], *fields: SearchStrategy[Any], **named: SearchStrategy[Any]
) -> SearchStrategy[Kind]:
    """Values of this kind with fields that are drawn from these. `st.builds` would look at the
    types of all of its fields, which are not there while a program runs."""
    both = st.tuples(st.tuples(*fields), st.fixed_dictionaries(named))
    return both.map(lambda drawn: kind(*drawn[0], **drawn[1]))
