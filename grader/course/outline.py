"""stages.yaml to a Course whose checks are not loaded yet: its keys, and what they mean."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import field
from msgspec.structs import asdict, replace

from grader import limits
from grader.budgets import Budgets
from grader.course import document
from grader.course.contract import (
    read_comparison,
    read_folder,
    read_launch,
    read_protocol,
    read_reference,
    read_stage_launch,
)
from grader.course.document import MappingKeys, Problems
from grader.course.model import (
    BUDGET_NAMES,
    COURSE_FILE,
    PAGE_FILE,
    STAGES_FOLDER,
    Course,
    Launch,
    Stage,
    Track,
)
from grader.course.protocols import PROTOCOLS
from grader.errors import CourseError
from grader.limits import Limits
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yaml.nodes import Node

COURSE = MappingKeys(
    "a course", required=("slug", "title", "tracks"), optional=("reference", "wrong", "right")
)
TRACK = MappingKeys(
    "a track",
    required=("slug", "title", "launch", "budgets", "stages"),
    optional=("limits", "protocol", "comparison"),
)
STAGE = MappingKeys(
    "a stage",
    required=("slug", "title", "requires"),
    optional=("launch", "budgets", "points", "protocol"),
)
BUDGETS = MappingKeys("budgets", required=BUDGET_NAMES)
LIMITS = MappingKeys("limits", optional=limits.NAMES)
STAGE_BUDGETS = MappingKeys("a stage's budgets", optional=BUDGET_NAMES)

# Never taken for a number, since it starts with a letter, nor for several: dots and commas select
# stages.
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Outline(Value, frozen=True):
    """What stages.yaml says, and what is wrong with it.

    lines: where each stage's slug stands. point_lines: where points of a check stand, by (slug,
    check name).
    """

    course: Course
    problems: tuple[CourseError, ...]
    lines: Mapping[str, int]
    point_lines: Mapping[tuple[str, str], int]


def read_outline(root: Path) -> Outline:
    """The course in `root`, as far as it can be read; a CourseError when its stages.yaml is not
    even YAML."""
    root = root.resolve()  # code and messages know a checks.py by its absolute path
    if not root.is_dir():
        raise CourseError(f"there is no course in {root}, which is not a directory")
    return outline_from(root, document.read_text(root / COURSE_FILE, COURSE_FILE))


def outline_from(root: Path, text: str) -> Outline:
    """The same, where this is the text of its stages.yaml."""
    node = document.parse(text, COURSE_FILE)
    reader = _Reader(root, Problems(COURSE_FILE))
    course = reader.course(node)
    return Outline(course, tuple(reader.problems.in_order()), reader.stages, reader.points)


class _Reader(Value):
    """Reads one document from top to bottom, and keeps where things stand that others refer to."""

    root: Path
    problems: Problems
    position: int = 0
    tracks: dict[str, int] = field(default_factory=dict)
    stages: dict[str, int] = field(default_factory=dict)
    points: dict[tuple[str, str], int] = field(default_factory=dict)
    requirements: list[tuple[str, int, Node]] = field(default_factory=list)

    def course(self, node: Node) -> Course:
        values = document.mapping(node, COURSE, self.problems)
        slug = self.slug(values.get("slug"), "course", {})
        title = document.one_line(values.get("title"), "title", self.problems)
        tracks = document.items(values.get("tracks"), "tracks", self.problems, filled=True)
        reference = read_reference(values.get("reference"), self.problems)
        course = Course(
            slug,
            title,
            tuple(self.track(track) for track in tracks),
            self.root,
            reference,
            read_folder(values.get("wrong"), "wrong", self.problems),
            read_folder(values.get("right"), "right", self.problems),
        )
        self.judge_requirements({stage.slug: stage.number for stage in course.stages if stage.slug})
        return course

    def track(self, node: Node) -> Track:
        values = document.mapping(node, TRACK, self.problems)
        slug = self.slug(values.get("slug"), "track", self.tracks)
        protocol = read_protocol(values.get("protocol"), self.problems)
        launch = read_launch(values.get("launch"), protocol, self.root, self.problems)
        budgets = self.budgets(values.get("budgets"), BUDGETS, dict.fromkeys(BUDGET_NAMES, 1.0))
        stages = document.items(values.get("stages"), "stages", self.problems, filled=True)
        return Track(
            slug,
            document.one_line(values.get("title"), "title", self.problems),
            tuple(self.stage(stage, slug, protocol, launch, budgets) for stage in stages),
            self.limits(values.get("limits")),
            read_comparison(values.get("comparison"), self.problems),
        )

    def stage(
        self, node: Node, track: str, protocol: str, launch: Launch, budgets: Budgets
    ) -> Stage:
        values = document.mapping(node, STAGE, self.problems)
        slug = self.slug(values.get("slug"), "stage", self.stages)
        self.position += 1
        if own := values.get("protocol"):
            protocol = read_protocol(own, self.problems)
            launch = replace(launch, transport=PROTOCOLS[protocol].transport)
        return Stage(
            number=self.position,
            slug=slug,
            title=document.one_line(values.get("title"), "title", self.problems),
            track=track,
            requires=self.requires(values.get("requires")),
            launch=read_stage_launch(
                values.get("launch"), launch, self.root / STAGES_FOLDER / slug, self.problems
            ),
            budgets=self.budgets(values.get("budgets"), STAGE_BUDGETS, asdict(budgets)),
            page=self.root / STAGES_FOLDER / slug / PAGE_FILE,
            points=self.points_of(values.get("points"), slug),
            protocol=protocol,
        )

    def slug(self, node: Node | None, noun: str, known: dict[str, int]) -> str:
        """A slug that is not in `known`, which then has it; the empty string for any other."""
        value = document.one_line(node, "slug", self.problems)
        if node is None or not value:
            return ""
        if not SLUG.fullmatch(value):
            self.problems.add(node, f"slug {value!r} must be lower-case words joined by dashes")
            return ""
        if value in known:
            self.problems.add(node, f"there is a {noun} {value!r} already, on line {known[value]}")
            return ""
        known[value] = document.line_of(node)
        return value

    def requires(self, node: Node | None) -> tuple[str, ...]:
        nodes = document.items(node, "requires", self.problems)
        names = tuple(document.one_line(item, "a required stage", self.problems) for item in nodes)
        for index, (name, item) in enumerate(zip(names, nodes, strict=True)):
            if name in names[:index]:
                self.problems.add(item, f"requires {name!r} twice")
            elif name:
                self.requirements.append((name, self.position, item))
        return names

    def judge_requirements(self, numbers: Mapping[str, int]) -> None:
        """A requirement points to an earlier stage, known only when every stage has been read."""
        for name, position, node in self.requirements:
            if name not in numbers:
                suggestion = did_you_mean(name, numbers)
                self.problems.add(
                    node, f"requires {name!r}, but there is no such stage{suggestion}"
                )
            elif numbers[name] == position:
                self.problems.add(node, f"stage {name!r} requires itself")
            elif numbers[name] > position:
                self.problems.add(
                    node, f"requires {name!r}, which comes later, on line {self.stages[name]}"
                )

    def budgets(
        self, node: Node | None, keys: MappingKeys, inherited: Mapping[str, float]
    ) -> Budgets:
        values = document.mapping(node, keys, self.problems)
        given = {
            name: float(document.number(value, name, document.SECONDS, self.problems))
            for name, value in values.items()
        }
        return Budgets(**{**inherited, **given})

    def limits(self, node: Node | None) -> Limits:
        if node is None:
            return Limits()
        values = document.mapping(node, LIMITS, self.problems)
        given = {
            name: int(document.number(value, name, document.LIMIT, self.problems))
            for name, value in values.items()
        }
        return Limits(**given)

    def points_of(self, node: Node | None, slug: str) -> Mapping[str, int]:
        """Points by the name of a check; whether there is such a check, only checks.py can tell."""
        points: dict[str, int] = {}
        for key, value in document.pairs(node, "points", self.problems):
            name = str(key.value)
            if name in points:
                self.problems.add(key, f"key {name!r} is there twice")
            points[name] = int(
                document.number(value, f"points of {name!r}", document.POINTS, self.problems)
            )
            self.points[slug, name] = document.line_of(key)
        return MappingProxyType(points)
