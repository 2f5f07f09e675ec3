"""Makes a conversation smaller, as long as it shows the same: what the reader of a finding is
spared. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Conversation = TypeVar("Conversation")


def reduced(
    conversation: Conversation,
    smaller: Callable[[Conversation], Iterator[Conversation]],
    shows: Callable[[Conversation], bool],
) -> Conversation:
    """The smallest conversation that is found by leaving something out, again and again, while
    `shows` says yes."""
    while (found := next(filter(shows, smaller(conversation)), None)) is not None:
        conversation = found
    return conversation
