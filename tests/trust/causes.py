"""Whether the first failure of each wrong server names its cause: judged one by one, by a written
rule, and kept in causes.yaml beside the sentence that was judged.

A judgement holds for its sentence. Where a sentence has changed since, the submission has to be
judged again, and the page says so.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from tests.trust.figures import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SUBMISSIONS: Final = ROOT / "tests" / "submissions"
KEPT: Final = Path(__file__).with_name("causes.yaml")
PAGE: Final = ROOT / "docs" / "causes.md"
OPEN: Final = "to be judged"
RULE: Final = {
    "named": "The sentence says what the program does wrong, or the line where it does: a learner"
    " who has read only it knows what to change.",
    "hinted": "The sentence is true, and says what a client sees. The hint, or what is shown below"
    " the sentence, leads to the cause.",
    "unnamed": "Sentence, hint and evidence are true, but the cause could be many things.",
    "misleading": "The sentence or the hint leads to something that is not wrong.",
}
"""How a failure can be judged, and when."""

_LABEL: Final = re.compile(r"^ {5}(?P<label>[a-z#][a-z0-9# ]*?) {2,}(?P<text>\S.*)$")
_ASIDE: Final = re.compile(r"^ +\(\d+ (other|earlier|more) ")
_DRAWN: Final = re.compile(r"\d+|\b(?=[a-z]*\d)[a-z0-9]{6,}\b")
_HEADING: Final = """# What a failure says of its cause

<!-- made by `python -m tests.trust causes`; do not edit -->

A failure has to name its cause in the first sentence. For each wrong server of
[tests/submissions](../tests/submissions) the first failure was read beside the source and judged by
this rule: by readers who had not written it, and after their corrections (some fifty servers) by
those who mended the sentence. The judgements are in [causes.yaml](../tests/trust/causes.yaml), each
beside the sentence that it was made of.

"""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a wrong server: its name, what is wrong with it, and of its first failure the
    sentence, the hint and the commands by hand; empty where there is none."""

    submission: str
    cause: str
    sentence: str
    hint: str
    by_hand: str


def told() -> list[Told]:
    """What is said of each wrong server, by the blocks that are kept beside them."""
    return [_told(path) for path in sorted(SUBMISSIONS.glob("*/*.txt"))]


def _told(path: Path) -> Told:
    fields = _fields(path.read_text())
    sentence, hint = (" ".join(fields.get(label, "").split()) for label in ("problem", "hint"))
    name = f"{path.parent.name}/{path.stem}"
    return Told(name, _cause(path), sentence, hint, fields.get("by hand", "").strip())


def _fields(text: str) -> dict[str, str]:
    """The labelled parts of the first failure of a kept block."""
    found: dict[str, str] = {}
    label = ""
    for line in text.splitlines():
        if match := _LABEL.match(line):
            label = match["label"]
            if label == "problem" and label in found:
                break  # the next failure
            found[label] = match["text"]
        elif _ASIDE.match(line):
            label = ""
        elif label and line.startswith(" " * 12):
            found[label] += f"\n{line.strip()}"
        elif not line.startswith("     "):
            label = ""
    return found


def _cause(path: Path) -> str:
    """The first sentence of what the program says of itself."""
    source = next(
        file for file in path.parent.glob(f"{path.stem}.*") if file.suffix not in (".txt", ".json")
    )
    text = source.read_text()
    said = ast.get_docstring(ast.parse(text)) if source.suffix == ".py" else _comment(text)
    return " ".join((said or "").partition("\n\n")[0].split())


def _comment(text: str) -> str:
    return "\n".join(
        line.strip("/*# ") for line in text.splitlines()[:6] if line.startswith(("/", "#", " *"))
    )


def kept() -> dict[str, dict[str, str]]:
    """The judgements: for each submission `sentence` and `judged`."""
    found: dict[str, dict[str, str]] = yaml.safe_load(KEPT.read_text()) or {}
    return found


def judged(now: Iterable[Told], before: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The judgements of what is said now; `OPEN` where a sentence is new."""
    found = {}
    for one in now:
        known = before.get(one.submission, {})
        same = known.get("sentence") == one.sentence
        found[one.submission] = {
            "judged": known["judged"] if same else OPEN,
            "sentence": one.sentence,
        }
    return found


def written(judgements: dict[str, dict[str, str]]) -> str:
    """The file of judgements."""
    head = "# See causes.py. judged: " + ", ".join(RULE) + "\n"
    return head + yaml.safe_dump(judgements, width=100, allow_unicode=True, sort_keys=True)


def problems(judgements: dict[str, dict[str, str]]) -> Iterator[str]:
    """What is wrong with the judgements, a sentence each."""
    for name, one in judgements.items():
        if one["judged"] == OPEN:
            yield f"{name}: its sentence is new, and has to be judged: {one['sentence']}"
        elif one["judged"] not in RULE:
            yield f"{name}: {one['judged']!r} is none of {', '.join(RULE)}"


def page(now: Sequence[Told], judgements: dict[str, dict[str, str]]) -> str:
    """docs/causes.md."""
    counts = Counter(one["judged"] for one in judgements.values())
    lines = [_HEADING, "| judged | servers | when |\n|---|---|---|\n"]
    lines += [f"| {word} | {_share(counts[word], len(now))} | {RULE[word]} |\n" for word in RULE]
    if counts[OPEN]:
        lines.append(f"| {OPEN} | {counts[OPEN]} | Its sentence has changed since. |\n")
    lines.append("\n## The kinds\n\nThe sentences, without what is drawn at random.\n\n")
    lines.append("| sentence | servers | judged | such as | by hand |\n|---|---|---|---|---|\n")
    kinds: dict[str, list[Told]] = {}
    for one in now:
        kinds.setdefault(_DRAWN.sub("…", one.sentence), []).append(one)
    for sentence, same in sorted(kinds.items()):
        lines.append(_row(sentence, same, judgements))
    return "".join(lines)


def _row(sentence: str, same: Sequence[Told], judgements: dict[str, dict[str, str]]) -> str:
    first = same[0]
    words = Counter(judgements[one.submission]["judged"] for one in same)
    cells: list[Any] = [
        _cell(sentence),
        len(same),
        ", ".join(words),
        f"[{first.submission}](../tests/submissions/{first.submission}.txt): {_cell(first.cause)}",
        f"`{_cell(first.by_hand.splitlines()[0])}`" if first.by_hand else "",
    ]
    return f"| {' | '.join(map(str, cells))} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("`", "'")


def _share(count: int, of: int) -> str:
    return f"{count} of {of} ({100 * count / of:.0f} %)"


def update(*, check: bool) -> int:
    """Write the judgements and the page, or with `check` say what is not as it should be."""
    now = told()
    found = judged(now, kept() if KEPT.exists() else {})
    wrong = list(problems(found))
    text = page(now, found)
    if not check:
        KEPT.write_text(written(found))
        PAGE.write_text(text)
    elif PAGE.read_text() != text or KEPT.read_text() != written(found):
        wrong.append("docs/causes.md is not what causes.yaml says: python -m tests.trust causes")
    print("\n".join(wrong) or f"{len(now)} wrong servers are judged")
    return bool(wrong)
