"""Owns the measured figures: one JSON file for each in docs/figures, with how and when it was
obtained."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "figures"
Figures = dict[str, Any]


def save(name: str, command: str, measured: Mapping[str, Any]) -> None:
    """Keep what `command` has measured, with the date, the commit and the machine."""
    FOLDER.mkdir(exist_ok=True)
    document = {**obtained(command), **measured}
    (FOLDER / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def obtained(command: str) -> dict[str, str]:
    """By what, when, of which commit and on what machine figures are obtained, just now."""
    return {
        "command": command,
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "machine": (
            f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
        ),
    }


def load(name: str) -> Figures | None:
    """What was measured last; None when it never was."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return None
    found: Figures = json.loads(path.read_text())
    return found


def _commit() -> str:
    """The commit the figures were obtained at; with a plus sign where files had been changed
    since."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip() or "no commit"
