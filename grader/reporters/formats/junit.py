"""JUnit XML as Jenkins, GitLab and the usual actions of GitHub read it.

Source: junit-10.xsd of the Jenkins xUnit plugin, which pytest calls `xunit2`; it has no attribute
for a file or a line, so these stand in the text. XML 1.0 (2.2) has no control characters but three.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from grader.reporters.formats import told

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report, StageReport

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ELEMENT: Final = {"failed": "failure", "errored": "error", "skipped": "skipped"}


def render(report: Report) -> str:
    """A test suite for each stage, a test case for each check. Advice that failed and does not
    count has passed, and says so in its output."""
    root = ET.Element("testsuites", {"name": report.header.course_slug})
    for stage in report.stages:
        root.append(_suite(stage, report))
    if not report.stages:  # where nothing was judged, that is the only thing to tell
        root.append(_broken(report))
    suites = root.findall("testsuite")
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.set("time", f"{report.duration_s:.3f}")
    ET.indent(root)
    for element in root.iter():
        element.text = _clean(element.text or "") or None
        element.attrib |= {name: _clean(value) for name, value in element.attrib.items()}
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(stage: StageReport, report: Report) -> ET.Element:
    marks = [told.mark(check, report) for check in stage.checks]
    suite = ET.Element(
        "testsuite",
        {
            "name": f"{stage.number} {stage.slug}",
            "tests": str(len(marks)),
            "failures": str(marks.count("failed")),
            "errors": str(marks.count("errored")),
            "skipped": str(marks.count("skipped")),
            "time": f"{stage.duration_s:.3f}",
            "timestamp": report.header.started_at[:19],
        },
    )
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(stage, report):
        ET.SubElement(properties, "property", {"name": name, "value": value})
    for check, mark in zip(stage.checks, marks, strict=True):
        suite.append(_case(stage, check, mark, report))
    return suite


def _properties(stage: StageReport, report: Report) -> tuple[tuple[str, str], ...]:
    environment = report.header.environment
    return (
        ("points", f"{stage.points}"),
        ("max_points", f"{stage.max_points}"),
        ("seed", f"{environment.seed}"),
        ("grader", environment.grader_version),
        ("submission", report.header.submission_path),
        *((("policy", environment.policy),) if environment.policy else ()),
    )


def _case(stage: StageReport, check: CheckReport, mark: str, report: Report) -> ET.Element:
    case = ET.Element(
        "testcase",
        {
            "classname": f"{stage.track}.{stage.slug}",
            "name": f"{check.title} ({check.id})",
            "time": f"{check.duration_s:.3f}",
        },
    )
    said = told.sentence(check, report)
    if mark == "note":
        ET.SubElement(case, "system-out").text = f"{said}\n\n{told.explanation(check, report)}"
    elif mark in _ELEMENT:
        found = ET.SubElement(case, _ELEMENT[mark], {"message": said})
        if mark != "skipped":
            found.set("type", check.failure.kind if check.failure else mark)
            found.text = told.explanation(check, report)
    return case


def _broken(report: Report) -> ET.Element:
    """A run in which nothing was judged."""
    counts = {"tests": "1", "failures": "0", "errors": "1", "skipped": "0", "time": "0"}
    suite = ET.Element("testsuite", {"name": report.header.course_slug, **counts})
    case = ET.SubElement(suite, "testcase", {"classname": "grade", "name": "start", "time": "0"})
    attributes = {"message": told.summary(report), "type": str(report.outcome)}
    ET.SubElement(case, "error", attributes)
    return suite


def _clean(text: str) -> str:
    """Without what XML cannot carry: our texts have escapes for it, but a name may be anybody's."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
