"""The course: stages.yaml, the checks and their pages, as values; and what is wrong with them."""

from grader.budgets import Budgets
from grader.course.audit import check_course, write_pages
from grader.course.checks import load_checks
from grader.course.load import course_root, load_course
from grader.course.model import Course, Launch, Stage, Track
from grader.course.pages import page_text, page_with_checks, render_checks, write_page
from grader.course.version import course_version
from grader.text.nearest import did_you_mean

__all__ = [
    "Budgets",
    "Course",
    "Launch",
    "Stage",
    "Track",
    "check_course",
    "course_root",
    "course_version",
    "did_you_mean",
    "load_checks",
    "load_course",
    "page_text",
    "page_with_checks",
    "render_checks",
    "write_page",
    "write_pages",
]
