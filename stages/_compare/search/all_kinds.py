"""The strategy for all conversations: ordinary ones and odd ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from .conversations import conversations
from .odd import odd_conversations

if TYPE_CHECKING:
    from collections.abc import Collection

    from hypothesis.strategies import SearchStrategy

    from ..conversation import Conversation


def all_kinds(taught: Collection[str], *, strict: bool) -> SearchStrategy[Conversation]:
    """Ordinary conversations and odd ones, each as often as the other."""
    ordinary = conversations(taught, strict=strict)
    odd = odd_conversations(taught, strict=strict)
    if odd is None:
        return ordinary
    # Hypothesis would make one choice of a choice of choices: then one in ten would be ordinary.
    return st.sampled_from((ordinary, odd)).flatmap(lambda kind: kind)
