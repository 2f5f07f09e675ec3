"""`--report class:DIR/`: the page of a class, from its gradings and from its book."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.commands.entry import run
from grader.errors import UsageError
from grader.jobs.class_report import ClassReport, split_reports
from grader.jobs.options import ClassOptions
from tests.unit.jobs.told_class import ToldClass

SAID = {"ada": ". .", "bob": ". F", "cy": "no program", "dana": "grade: no memory"}


@pytest.fixture
def told(tmp_path: Path) -> ToldClass:
    told = ToldClass(tmp_path)
    told.put(**SAID)
    return told


def written(told: ToldClass, **options: bool) -> tuple[str, list[str]]:
    """The page that a grading writes, and the pages next to it."""
    page, reports = split_reports(
        [f"class:{told.root}/page/"], anonymous=options.pop("anonymous", False)
    )
    assert page is not None
    told.grade(page=page, reports=reports, summaries=(), **options)
    text = (told.root / "page" / "index.html").read_text(encoding="utf-8")
    each = sorted(it.name for it in (told.root / "page").glob("submissions/*.html"))
    return text, each


def test_the_page_stands_next_to_those_of_the_submissions(told: ToldClass) -> None:
    text, each = written(told)
    assert each == [f"{name}.html" for name in SAID]
    assert "<h1>4 submissions: 1 passed, 1 failed, 1 could not be judged, 1 not graded</h1>" in text
    for name in each:
        assert f'<a href="submissions/{name}">' in text
    assert 'href="submissions/bob.html#stage-1"' in text
    assert (told.root / "page.sqlite").is_file()


def test_what_was_graded_before_is_on_the_page_again(told: ToldClass) -> None:
    first, _ = written(told)
    told.put(eve=". .")
    assert told.graded
    again, each = written(told)
    assert [line for line in told.graded if line == "ada"] == []
    assert "eve.html" in each
    assert re.findall(r">ada<.*", first) == re.findall(r">ada<.*", again)


@pytest.mark.parametrize("kept", [True, False], ids=["book", "no book"])
def test_an_anonymous_page_says_no_name_and_has_no_links(told: ToldClass, kept: bool) -> None:
    text, each = written(told, anonymous=True, no_book=not kept)
    assert each == []
    assert not any(f">{name}" in text or f"/{name}" in text for name in SAID)
    assert str(told.root) not in text
    assert 'href="submissions' not in text
    assert "<bdi>#4</bdi>" in text


def test_a_book_writes_the_page_again(told: ToldClass) -> None:
    told.grade()
    book, page = told.root / "class.sqlite", told.root / "again"
    assert run(["book", str(book), "--report", f"class:{page}/", "-q"]) == 0
    text = (page / "index.html").read_text(encoding="utf-8")
    assert 'href="submissions/bob.html#stage-1"' in text
    assert (page / "submissions" / "bob.html").is_file()


@pytest.mark.parametrize(
    ("reports", "anonymous", "says"),
    [
        ((), True, "add --report class:DIR/"),
        (("class:a/", "class:b/"), False, "twice"),
        (("class:",), False, "needs a directory"),
        (("class:-",), False, "needs a directory"),
        (("class:{name}/",), False, "needs a directory"),
        ((f"class:{__file__}",), False, "is a file"),
    ],
)
def test_what_is_no_page_is_refused(reports: tuple[str, ...], anonymous: bool, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        split_reports(reports, anonymous=anonymous)


def test_a_page_makes_a_class_of_one() -> None:
    assert ClassOptions(page=ClassReport(Path("page"), anonymous=False)).makes_a_class(("a",), ())


def test_names_are_quoted_in_links() -> None:
    from tests.unit.class_page.classes import check, report, stage

    page = ClassReport(Path("page"), anonymous=False)
    row = page.row("kä%#?", "x", report(stage(1, check("ok/a"))), 1.0)
    assert row.link == "submissions/k%C3%A4%25%23%3F.html"
