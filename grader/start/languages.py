"""The languages that one can begin with: for each the smallest program that passes the first stage,
in templates/."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Language:
    """program: the file with the program. ignored: what building it leaves behind, for .gitignore.
    Everything in the folder of its name belongs to it; a `grade.yaml` there says how it is built
    and started."""

    program: str
    ignored: tuple[str, ...] = ()


LANGUAGES: Final = {
    "python": Language("server.py", ("__pycache__/", ".venv/")),
    "node": Language("server.js", ("node_modules/",)),
    "go": Language("server.go", ("server",)),
    "c": Language("server.c", ("server", "*.o")),
    "rust": Language("server.rs", ("server", "target/")),
    "java": Language("Server.java", ("*.class",)),
}


def files_of(language: str) -> dict[str, str]:
    """The files of a language: their text by their name."""
    folder = TEMPLATES / language
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def gitignore(language: str) -> str:
    """A .gitignore for it."""
    text = (TEMPLATES / "gitignore.txt").read_text(encoding="utf-8")
    return text + "".join(f"{pattern}\n" for pattern in LANGUAGES[language].ignored)
