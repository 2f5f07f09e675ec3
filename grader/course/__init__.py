"""The course: stages.yaml and the checks as values. Pages, and what is wrong with a course, are in
modules of their own: a grading does without."""

from grader.budgets import Budgets
from grader.course.checks import load_checks
from grader.course.load import course_root, load_course
from grader.course.model import Course, Launch, Stage, Track
from grader.course.version import course_version
from grader.text.nearest import did_you_mean

__all__ = [
    "Budgets",
    "Course",
    "Launch",
    "Stage",
    "Track",
    "course_root",
    "course_version",
    "did_you_mean",
    "load_checks",
    "load_course",
]
