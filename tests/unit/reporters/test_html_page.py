"""The HTML report: the terminal's words, nothing but its own elements, escaped, and bounded in
size."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.report.model import CheckReport, Event, FailureDetail, Report, StageReport, Verdict
from grader.reporters import REPORTERS, parse_spec
from grader.reporters.destination import Destination
from grader.reporters.failure_block import failure_rows
from grader.reporters.html_report.links import linked
from grader.reporters.html_report.page import Page
from grader.reporters.html_report.view import COLUMNS, SkippedView, page_view, parts
from grader.text.escape import printable
from grader.text.style import ALL_HINTS, Style

Events = Callable[[Report], list[Event]]

ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """html head meta title style body a header footer nav main section h1 h2 p q bdi span ol
        ul li dl dt dd details summary pre i div figure figcaption table thead tbody tr th td svg
        line rect circle path text""",
    )
)
ATTRIBUTES = frozenset(
    re.findall(
        r"[\w-]+",
        """lang charset http-equiv content name class href id tabindex role open scope height
        width x y x1 x2 y1 y2 cx cy r d overflow focusable text-anchor aria-hidden aria-label
        aria-labelledby aria-level""",
    )
)
UNSAFE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
RFC = r"https://www\.rfc-editor\.org/rfc/rfc\d+(#section-[\d.]+)?"
NASTY = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)></style></pre>]]><!--{{ 7*7"
    " }}\u202e\x1b[2J"
)


class Reader(HTMLParser):
    """What a page is made of: its elements, their attributes, its text, its headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.odd: list[str] = []
        self.pieces: list[str] = []
        self.headings: list[int] = []
        self.feed(page)
        self.close()
        self.text = "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        elif ("role", "heading") in attrs:
            self.headings.append(int(dict(attrs)["aria-level"] or 0))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)


@pytest.fixture(scope="session")
def page() -> Page:
    return Page()


def of_checks(sample: Report, *checks: CheckReport) -> Report:
    stage = StageReport(1, "a", "A", "t", Verdict.FAILED, None, 1.0, checks, 1)
    return replace(sample, stages=(stage,))


def failed(**given: object) -> CheckReport:
    failure = FailureDetail(**{"kind": Kind.MISMATCH, "summary": "no", **given})  # type: ignore[arg-type]
    return CheckReport(
        "a/b", "It is", "It MUST", "RFC 1", Level.REQUIRED, Verdict.FAILED, failure=failure
    )


def test_says_what_the_terminal_says(page: Page, sample: Report) -> None:
    text = Reader(page.render(sample)).text
    assert "FAILED at stage 2 ok: 1 of 7 stages passed, 2 of 11 points" in text
    for stage in sample.stages:
        assert stage.title in text
        for check in stage.checks:
            assert check.title in text
            assert check.requirement in text or check.verdict is Verdict.SKIPPED
            for row in failure_rows(check, Style(width=COLUMNS, hints=ALL_HINTS), COLUMNS):
                for line in row.lines:
                    assert line.replace("-v shows them", "see below") in text
    assert "3 checks: the ordinary case failed" in text
    assert "not your server's fault: port 4221 is held by another program" in text
    assert (
        "not required, but worth fixing: the value 'plum/fig  ' keeps its two trailing blanks"
        in text
    )
    assert "--seed 7306241" in text


def test_a_hint_is_there_and_folded(page: Page, sample: Report) -> None:
    html = page.render(of_checks(sample, failed(hints=("Names of headers...",))))
    assert (
        "<details><summary>what to look at</summary><p>Names of headers...</p></details></dd>"
        in html
    )
    assert "what to look at" not in page.render(of_checks(sample, failed()))


def test_how_to_launch_stands_above_what_to_type(page: Page, sample: Report) -> None:
    check = failed(launch="grade launch --stage a my_server.py", reproduce="curl -i localhost")
    text = Reader(page.render(of_checks(sample, check))).text
    launch = text.index("launch\ngrade launch --stage a my_server.py")
    by_hand = text.index("by hand\ncurl -i localhost")
    assert launch < by_hand


def test_caret_stands_below_the_wrong_byte(page: Page, sample: Report) -> None:
    lines = Reader(page.render(sample)).text.split("\n")
    caret = next(index for index, line in enumerate(lines) if line.endswith("^ byte 41"))
    # In a <pre> of its own, that line and the one above it begin at the same column.
    above = lines[caret - 1]
    assert above.startswith("Content-Type: text/plain")
    assert above[lines[caret].index("^") :] == r"\n"


def test_failed_checks_are_open_and_the_others_closed(sample: Report) -> None:
    checks = [check for stage in page_view(sample).stages for check in stage.checks]
    judged = [check for check in checks if not isinstance(check, SkippedView)]
    assert {check.outcome: check.open for check in judged} == {
        "passed": False, "failed": True, "note": False, "errored": False
    }  # fmt: skip


def test_advice_is_a_failure_when_strict(sample: Report) -> None:
    strict = replace(sample.header, environment=replace(sample.header.environment, strict=True))
    view = page_view(replace(sample, header=strict))
    outcomes = {
        check.outcome
        for stage in view.stages
        for check in stage.checks
        if not isinstance(check, SkippedView)
    }
    assert "note" not in outcomes
    assert ("strict", "advice counted as required") in view.facts
    assert not view.advice


def test_headings_go_down_one_by_one(page: Page, sample: Report) -> None:
    headings = Reader(page.render(sample)).headings
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(headings))


def test_pictures_have_an_alternative_in_words(page: Page, sample: Report) -> None:
    told = [value for name, value in Reader(page.render(sample)).attributes if name == "aria-label"]
    silence = (
        "Timeline: 3 connections, all open at once; 2 of them silent; #3 waited 2.0 s and got no"
        " answer; "
    )
    assert any(value and value.startswith(silence) for value in told)


def test_nothing_is_loaded_and_no_script_could_run(page: Page, sample: Report) -> None:
    html = page.render(sample)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]
    leads = {value or "" for name, value in Reader(html).attributes if name in ("href", "src")}
    assert all(re.fullmatch(r"#[\w-]+|" + RFC, one) for one in leads), leads
    assert "url(" not in html
    assert "@import" not in html
    assert "http://" not in html.replace("http://localhost", "")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_hostile_reports_add_no_element_and_no_control(
    data: st.DataObject, hostile: st.SearchStrategy[Report], page: Page
) -> None:
    report = data.draw(hostile)
    html = page.render(report)
    found = Reader(html)
    assert set(found.elements) <= ELEMENTS
    assert {name for name, _ in found.attributes} <= ATTRIBUTES
    assert not found.odd
    assert not UNSAFE.search(html)
    html.encode()


@pytest.mark.parametrize("where", ["summary", "expected", "hints", "cite", "launch", "reproduce"])
def test_markup_in_a_failure_is_text(page: Page, sample: Report, where: str) -> None:
    found = Reader(
        page.render(of_checks(sample, failed(**{where: (NASTY,) if where == "hints" else NASTY})))
    )
    assert set(found.elements) <= ELEMENTS
    assert printable(NASTY) in found.text


def test_markup_in_bytes_and_output_is_text(page: Page, sample: Report) -> None:
    raw = "</pre><script>{{ 7*7 }}\u202e\x1b[2J".encode()
    check = replace(
        failed(output_tail=raw), transcript=(Entry(1, Direction.RECEIVED, 0.0, raw, "<b>"),)
    )
    found = Reader(page.render(of_checks(sample, check)))
    assert set(found.elements) <= ELEMENTS
    assert r"{{ 7*7 }}\xe2\x80\xae\x1b[2J" in found.text
    assert r"{{ 7*7 }}\u202e\x1b[2J" in found.text


def test_markup_in_the_path_is_text(page: Page, sample: Report) -> None:
    found = Reader(
        page.render(
            replace(sample, header=replace(sample.header, submission_path=f"\udcff{NASTY}"))
        )
    )
    assert set(found.elements) <= ELEMENTS
    assert "\\udcff<script>alert(1)</script>" in found.text


@pytest.mark.variant
@pytest.mark.e2e
def test_megabytes_make_no_large_page(page: Page, sample: Report) -> None:
    flood = tuple(
        Entry(n % 300, Direction(how), n, b'"' * 4000)
        for n in range(2000)
        for how in ("sent", "received")
    )
    check = replace(
        failed(summary='"' * 10**6, output_tail=b'"' * 10**6, hints=("'" * 10**6,)),
        transcript=flood,
    )
    one = page.render(of_checks(sample, check))
    assert len(one) < 400_000
    many = Page(room=2_000_000).render(of_checks(sample, *[check] * 60))
    assert len(many) < 3_000_000
    assert many.count("this page is full. The JSON report has it.") > 30
    assert "260 connections in the middle: not drawn." in one


def test_room_goes_to_what_failed(sample: Report) -> None:
    entries = tuple(Entry(1, Direction.RECEIVED, n, b"x" * 500, str(n)) for n in range(60))
    other = CheckReport("a/p", "P", "p", "", Level.REQUIRED, Verdict.ERRORED, transcript=entries)
    bad = replace(failed(hints=("the one that counts",)), transcript=entries)
    html = Page(room=60_000).render(of_checks(sample, *[other] * 9, bad))
    assert "the one that counts" in html
    assert "this page is full" in html


def test_bytes_that_were_not_kept_are_told(page: Page, sample: Report) -> None:
    check = replace(
        failed(), transcript=(Entry(1, Direction.RECEIVED, 0.0, b"x", "server", left_out=5000),)
    )
    assert (
        "At least 5000 bytes: counted, not kept."
        in Reader(page.render(of_checks(sample, check))).text
    )


def test_parts_are_the_line() -> None:
    line = r"a\\r\r\n[12 bytes] \x00\xff b\t"
    assert "".join(part.text for part in parts(line)) == line
    assert [part.text for part in parts(line) if part.escape] == [
        r"\\",
        r"\r\n",
        r"\x00\xff",
        r"\t",
    ]


def test_is_written_for_an_interrupted_run(sample: Report, events: Events, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    spec = parse_spec(f"html:{path}")
    reporter = spec.open()
    for event in events(sample)[:10]:
        reporter.handle(event)
    reporter.close()
    text = Reader(path.read_text(encoding="utf-8")).text
    assert "ERRORED (not your server's fault): the run was interrupted" in text
    assert "The second line of the head ends with a bare LF." in text


def test_has_a_place_in_a_class() -> None:
    assert REPORTERS["html"].extension == "html"
    assert Destination(Path("x")).target == parse_spec("html:x").destination.target


def test_the_first_failure_stands_above_the_stages_and_once(page: Page, sample: Report) -> None:
    html = page.render(sample)
    above, _, below = html.partition('<main id="stages"')
    assert "Lines of the head end with CRLF" in above
    assert "ends with a bare LF" in above
    assert "ends with a bare LF" not in below
    assert '<a href="#first">Lines of the head end with CRLF</a>' in below


def test_the_legend_is_where_the_first_picture_is(page: Page, sample: Report) -> None:
    html = page.render(sample)
    assert html.count("How to read the pictures") == 1
    assert html.index("<figure>") < html.index("How to read") < html.index('<main id="stages"')
    passed = page.render(replace(sample, stages=sample.stages[:1]))
    assert ("How to read the pictures" in passed) == ('class="miniature"' in passed)


def test_a_section_of_an_rfc_is_a_link_to_it(page: Page, sample: Report) -> None:
    html = page.render(sample)
    assert (
        '<a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.1">RFC 9110 5.1</a>, second'
        in html
    )
    assert '<a href="https://www.rfc-editor.org/rfc/rfc9112#section-2.2">RFC 9112 2.2</a>' in html


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("course: echo", []),
        ("RFC 9110", ["rfc9110"]),
        ("RFC 9112 6, RFC 3986 2.1.", ["rfc9112#section-6", "rfc3986#section-2.1"]),
        ('RFC 9112 "><b>', ["rfc9112"]),
    ],
)
def test_a_line_is_kept_whole_beside_its_links(text: str, urls: list[str]) -> None:
    pieces = linked(text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.url.rpartition("/")[2] for piece in pieces if piece.url] == urls


def test_failures_that_another_explains_are_folded(page: Page, sample: Report) -> None:
    one = failed(cause="mismatch | the same")
    view = page_view(of_checks(sample, one, one, failed(cause="mismatch | another"), failed()))
    (stage,) = view.stages
    assert [it.open for it in stage.checks if not isinstance(it, SkippedView)] == [
        True, False, True, True
    ]  # fmt: skip
    assert view.first == stage.checks[0]


def test_steps_of_a_hint_unfold_one_by_one(page: Page, sample: Report) -> None:
    html = page.render(of_checks(sample, failed(hints=("Look.", "There."))))
    assert (
        "<details><summary>what to look at</summary><p>1. Look.</p>"
        "<details><summary>one step more</summary><p>2. There.</p></details></details>" in html
    )


def test_of_what_passed_the_events_are_left_to_the_json_report(page: Page, sample: Report) -> None:
    entries = tuple(
        Entry(number, direction, number / 100, b"what went over the wire")
        for number in range(1, 30)
        for direction in (Direction.OPENED, Direction.SENT, Direction.RECEIVED)
    )
    passed = CheckReport("a/p", "P", "p", "", Level.REQUIRED, Verdict.PASSED, transcript=entries)
    html = page.render(of_checks(sample, *[passed] * 100))
    assert "went over" not in html
    assert "17 more" in html
    assert len(html) < 1_000_000
