"""Which paragraphs of a page are about one language, and what is wrong with their names."""

from __future__ import annotations

import pytest

from grader.course.page_languages import in_language, language_of, wrong_names

PAGE = """\
# A page

- **A picture does not arrive.** You decode it.
  - Python: open files
    in binary mode.
  - C, Go: no `%s`.

    ```c
    Go: code is no paragraph
    ```
  - Java: no Reader.
- **More.** A line may begin with
  Python: and is no label there.

C: a paragraph
of two lines.

Goal: this is for all.
"""


def test_what_is_about_other_languages_is_left_out() -> None:
    text, left_out = in_language(PAGE, "python")
    assert text == (
        "# A page\n\n"
        "- **A picture does not arrive.** You decode it.\n"
        "  - Python: open files\n"
        "    in binary mode.\n"
        "- **More.** A line may begin with\n"
        "  Python: and is no label there.\n\n\n"
        "Goal: this is for all.\n"
    )
    assert left_out == 3


def test_a_paragraph_about_two_languages_is_shown_to_both() -> None:
    for language in ("c", "go"):
        text, _ = in_language(PAGE, language)
        assert "C, Go: no `%s`.\n\n    ```c\n    Go: code is no paragraph\n    ```\n" in text
        assert "Python: open" not in text
        assert "Java:" not in text
    assert "C: a paragraph\nof two lines." in in_language(PAGE, "c")[0]


def test_without_a_language_all_is_shown() -> None:
    assert in_language(PAGE, None) == (PAGE, 0)


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        (PAGE, []),
        ("- Goal: a\n- Note: b\n", []),
        (
            "# T\n\n- Python: a\n- Noed: b\n",
            [(4, "there is no language 'Noed'; did you mean 'Node'?")],
        ),
        ("C, Rsut: x\n", [(1, "there is no language 'Rsut'; did you mean 'Rust'?")]),
        ("- C: a\n\n- Python: b\n- C: c\n", [(4, "the list has a second item about C")]),
        ("- a\n  - C: a\n- b\n  - C: b\n", []),
        ("```\n- C: a\n- X: b\n```\n", []),
    ],
)
def test_wrong_names(page: str, wrong: list[tuple[int, str]]) -> None:
    assert wrong_names(page) == wrong


@pytest.mark.parametrize(
    ("names", "language"),
    [
        (["server.py", "notes.txt"], "python"),
        (["server.mjs"], "node"),
        (["a.c", "b.c", "test.py"], "c"),
        (["a.c", "test.py"], None),
        (["package.json", "a.py", "b.py"], "node"),
        (["node", "server.js", "--port", "1"], "node"),
        (["README.md"], None),
        ([], None),
    ],
)
def test_the_language_of_a_program(names: list[str], language: str | None) -> None:
    assert language_of(names) == language
