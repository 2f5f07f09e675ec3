"""Whether a machine runs this for a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_ci(environment: Mapping[str, str]) -> bool:
    """Whether a machine runs this for a repository: what it wrote would be thrown away, or worse,
    be committed."""
    return environment.get("CI", "").lower() not in ("", "0", "false")
