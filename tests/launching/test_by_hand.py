"""The command that a failure prints shows that failure to whoever types it, and what is right on a
right server."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.course import course_root, load_course
from grader.text.escape import unescape
from tests import forked
from tests.course import test_submissions
from tests.course.test_submissions import SUBMISSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.golden import Grading, Gradings

HERE = Path(__file__).parent
BROKEN = {broken.name: broken for broken in test_submissions.BROKEN}
RIGHT = {
    "http": "right_server.py",
    "hardening": "hardened_server.py",
    "static-site": "versioned_server.py",
    "web-app": "web_server.py",
}

CASES = (
    "bind-port/resets_clients", "ok/answers_404", "ok/bare_line_feeds", "ok/handler_hangs",
    "ok/handler_raises", "ok/waits_for_the_end", "paths/always_200", "paths/status_sticks",
    "echo/cached", "echo/no_length", "echo/length_for_some_clients", "headers/third_line",
    "headers/shared_dictionary", "headers/no_default", "concurrency/answers_the_next",
    "concurrency/one_at_a_time", "concurrency/reads_to_the_end", "concurrency/parses_nothing",
    "concurrency/known_by_address", "concurrency/sixteen_clients", "concurrency/broken_pipe",
    "files/gives_up_on_slow_readers", "files/appends", "files/counts_characters",
    "files/guards_reading_only", "files/decodes_as_latin_1", "files/reads_text",
    "gzip/strips_spaces_only", "keep-alive/ignores_close", "keep-alive/two_requests",
    "keep-alive/impatient", "keep-alive/two_hundred_requests", "headers/limit_8192",
    "files/reads_a_piece", "files/writes_without_a_slash", "echo/decodes_only_spaces",
    "malformed/needs_no_host", "malformed/one_word_raises",
    "methods/head_is_unknown", "methods/deletes_first", "methods/files_with_a_body",
    "methods/head_is_no_content", "chunked/looks_for_one_zero", "chunked/stores_the_trailers",
    "chunked/invites_lengths_only", "limits/no_limit_for_targets", "limits/looks_back_only",
    "partial-reads/body_without_bounds", "pipelining/newest_first", "pipelining/goes_on_after_400",
    "slow-clients/keeps_idle_connections", "slow-clients/no_limit_in_the_body",
    "index/counts_characters", "clean-urls/always_adds_it", "mime-types/image_jpg",
    "not-found-page/page_with_200", "folders/leads_to_the_front_page",
    "folders/location_is_decoded", "traversal/removes_dots_once", "traversal/guards_get_only",
    "conditional/minds_the_w", "conditional/remembers_validators", "ranges/end_is_excluded",
    "ranges/empty_part", "errors/shows_the_message", "middleware/not_for_404",
    "sessions/one_session_at_a_time", "sessions/finds_it_anywhere", "sessions/adopts_ids",
    "sessions/logs_all_out", "sessions/old_cookie_lives_on", "templates/brackets_as_they_are",
    "events/lines_become_blanks", "events/no_empty_line",
    "websocket/accept_in_hexadecimal", "websocket/empty_pong",
)  # fmt: skip
"""For each stage, and for each way to show a fault; none whose pieces have to arrive one by one,
for a busy machine may bring them together."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A failed check, as a report has it."""

    check: Mapping[str, Any]

    @property
    def failure(self) -> Mapping[str, Any]:
        failure: Mapping[str, Any] = self.check["failure"]
        return failure

    @property
    def last_answer(self) -> bytes:
        """What came in answer to what was sent last."""
        entries = self.check["transcript"]
        last = max(
            (number for number, entry in enumerate(entries) if entry["direction"] == "sent"),
            default=-1,
        )
        return b"".join(
            unescape(entry["bytes"])
            for entry in entries[last + 1 :]
            if entry["direction"] == "received"
        )


@pytest.fixture(scope="session")
def netcat(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What to put before PATH, so that there is an nc."""
    if shutil.which("nc"):
        return ""
    place = tmp_path_factory.mktemp("netcat")
    (place / "nc").write_text(f'#!/bin/sh\nexec {sys.executable} {HERE / "netcat.py"} "$@"\n')
    (place / "nc").chmod(stat.S_IRWXU)
    return str(place)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE.parents[1]), "PYTHONUTF8": "1", "TMPDIR": "/tmp"}


def failed_checks(grading: Grading) -> list[Failed]:
    """Those of its first stage that print a command."""
    return [
        Failed(check)
        for check in grading.report["stages"][0]["checks"]
        if check["verdict"] == "failed" and check["failure"]["reproduce"]
    ]


def stood(launch: str, command: str, path: str, *, ends: bool) -> Mapping[str, Any]:
    question = json.dumps({"launch": launch, "command": command, "path": path, "ends": ends})
    done = forked.run(
        (question,), cwd=SUBMISSIONS, env=environment(), timeout=300, module="tests.launching.stand"
    )
    assert done.code == 0, done.err
    answer: Mapping[str, Any] = json.loads(done.out)
    return answer


@pytest.mark.parametrize("name", CASES)
def test_the_command_shows_the_failure(name: str, gradings: Gradings, netcat: str) -> None:
    failed = failed_checks(BROKEN[name].graded(gradings))[0]
    command, launch = failed.failure["reproduce"], failed.failure["launch"]
    if command.startswith("curl") and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    course = load_course(course_root())
    track = next(stage.track for stage in course.stages if stage.slug == name.partition("/")[0])
    broken = stood(launch, command, netcat, ends=failed.failure["kind"] == "exit")
    right = stood(launch.replace(f"{name}.py", RIGHT[track]), command, netcat, ends=False)

    assert right["exit_code"] == 0, right
    assert right["said"].endswith("\nstopped\n")
    assert not right["left"]
    assert not broken["left"]
    shows(failed, command, broken, right)


def shows(
    failed: Failed, command: str, broken: Mapping[str, Any], right: Mapping[str, Any]
) -> None:
    kind, both = failed.failure["kind"], f"{command}\n--- broken\n{broken}\n--- right\n{right}"
    if kind == "exit":
        assert broken["exit_code"] == 1, both
        assert "your program ended with exit status" in broken["said"], both
        return
    assert same_every_time(broken["shown"]) != same_every_time(right["shown"]), both
    if kind in ("silence", "closed"):
        assert broken["shown"].count("HTTP/1.") < right["shown"].count("HTTP/1."), both
    if kind in ("mismatch", "malformed", "incomplete") and not any(
        word in command for word in ("cat -v", "wc -c", "od -c", "python3")
    ):
        assert failed.last_answer.decode("latin-1") in broken["shown"], both


def same_every_time(output: str) -> str:
    """Without what differs from launch to launch: names of directories, times, and curl's own
    progress."""
    output = re.sub(r"grade-[0-9a-f]{16}|\b\d\d:\d\d\b", "", output)
    return "\n".join(
        line for line in output.split("\n") if not re.search(r"--:--|Dload|^  % Total", line)
    )
