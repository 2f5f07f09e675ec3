"""Trees of the whole checkout are kept, and hold no circles: to look for circles in them again and
again takes longer than to read the files."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package", autouse=True)
def _uncollected() -> Iterator[None]:
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
