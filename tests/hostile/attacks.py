"""The hostile programs: where each must be contained, and what must be said of it. Said once, for
tests and figures."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.isolation import seccomp
from grader.isolation.ruleset import CONNECTIONS, SIGNALS, version
from tests.bad_input.bench import PROGRAMS as BAD_INPUT
from tests.hostile.aims import PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Sequence

WALLED = ("bubblewrap", "namespaces", "network")
CONTAINED = (*WALLED, "landlock")
UNSEEN = ("bubblewrap", "namespaces")
EVERY = (*CONTAINED, "plain")
CONNECTING = CONTAINED if version() >= CONNECTIONS else WALLED
SCOPED = CONTAINED if version() >= SIGNALS else WALLED
FILTERED = () if seccomp.missing() else EVERY
SIGNALLED = CONTAINED if version() >= SIGNALS else UNSEEN


@dataclass(frozen=True, slots=True)
class Attack:
    """A hostile program.

    levels: where it must be contained; nowhere else is it run, but for the proof that it does try
    something. finding: what the first failed check must say; empty: the program serves rightly, and
    must pass. options: of the command line. build: it is the build step of a right server.
    """

    program: str
    levels: tuple[str, ...]
    finding: str = ""
    options: tuple[str, ...] = ()
    build: bool = False

    @property
    def limited(self) -> bool:
        """Whether what it runs into is a limit that it was given."""
        return "--limit" in self.options

    @property
    def tries(self) -> str:
        """What it does, in its own words."""
        folder = PROGRAMS if (PROGRAMS / self.program).exists() else BAD_INPUT
        said = ast.get_docstring(ast.parse((folder / self.program).read_text())) or ""
        return said.splitlines()[0]


def _limited(program: str, limit: str, finding: str, levels: tuple[str, ...] = EVERY) -> Attack:
    return Attack(program, levels, finding, ("--limit", limit))


ATTEMPTS = (
    Attack("reads_files.py", CONTAINED),
    Attack("reads_what_it_names.py", CONTAINED),
    Attack("reads_its_repository.py", CONTAINED),
    Attack("reads_secrets.py", CONTAINED),
    Attack("runs_a_neighbour.py", CONTAINED),
    Attack("reads_other_processes.py", CONTAINED),
    Attack("sees_other_processes.py", UNSEEN),
    Attack("walks_through_proc.py", CONTAINED),
    Attack("traces_others.py", CONTAINED),
    Attack("enters_other_namespaces.py", CONTAINED),
    Attack("connects.py", CONNECTING),
    Attack("connects_abstract.py", SCOPED),
    Attack("connects_unix.py", WALLED),
    Attack("connects_reference.py", EVERY),
    Attack("asks_the_reference.py", WALLED),
    Attack("sends_datagrams.py", WALLED),
    Attack("signals.py", SIGNALLED),
    Attack("kills_the_grader.py", SIGNALLED),
    Attack("kills_everybody.py", UNSEEN),
    Attack("writes_outside.py", CONTAINED),
    Attack("changes_access_rights.py", WALLED),
    Attack("rewrites_scratch.py", CONTAINED),
    Attack("writes_to_terminals.py", CONTAINED),
    Attack("gains_privileges.py", EVERY),
    Attack("changes_the_clock.py", EVERY),
    Attack("is_root.py", WALLED),
)
REFUSED = (
    Attack("uses_kernel_interfaces.py", FILTERED),
    Attack("opens_rare_sockets.py", FILTERED),
    Attack("connects_by_other_protocols.py", CONNECTING if FILTERED else WALLED),
    Attack("reads_the_keyring.py", FILTERED),
    Attack("types_into_the_terminal.py", FILTERED),
    Attack("changes_its_world.py", FILTERED or WALLED),
    Attack("makes_user_namespaces.py", FILTERED or WALLED),
    Attack("limits_other_processes.py", CONTAINED if FILTERED else UNSEEN),
    Attack("enters_by_32_bit.py", FILTERED),
)
STAYING = tuple(
    Attack(program, EVERY)
    for program in (
        "stays.py", "daemons.py", "stubborn.py", "blocks_signals.py", "forks_on.py",
        "flees_by_forking.py", "runs_under_other_names.py", "restarts_its_siblings.py",
        "leaves_stopped_processes.py", "lives_on_in_a_thread.py", "waits_in_vfork.py",
        "plays_with_process_groups.py", "adopts_orphans.py",
    )
)  # fmt: skip
LEAVING = (
    Attack("keeps_the_port.py", EVERY, options=("--fresh",)),
    Attack("listens_everywhere.py", EVERY),
    Attack("leaves_files.py", WALLED),
    Attack("leaves_shared_memory.py", WALLED),
    Attack("many_files.py", EVERY),
    Attack("plants_many_files.py", EVERY, build=True),
    Attack("plants_deep_trees.py", EVERY),
    Attack("plants_names.py", EVERY, build=True),
    Attack("plants_modules.py", EVERY),
    Attack("uses_up_watches.py", EVERY),
)
LIMITS = (
    _limited(
        "hogs_memory.py",
        "memory=200",
        "Your server used more than 200 MiB of memory and was stopped",
    ),
    _limited(
        "hogs_memory_in_children.py", "memory=300", "Your server used more than 300 MiB of memory"
    ),
    _limited(
        "hogs_memory_in_a_thread.py",
        "memory=200",
        "Your server used more than 200 MiB of memory and was stopped",
    ),
    _limited(
        "forks.py", "processes=60", "Your server had more than 60 processes and threads at once"
    ),
    _limited(
        "starts_threads.py",
        "processes=60",
        "Your server had more than 60 processes and threads at once",
    ),
    _limited(
        "burns_processor.py",
        "cpu=1",
        "Your server used more than 1 s of processor time and was stopped",
    ),
    _limited("opens_files.py", "files=64", "files open; the limit is 64"),
    _limited(
        "writes_large_file.py",
        "file_size=1",
        "Your server wrote a file of more than 1 MiB and was stopped",
    ),
    _limited("takes_its_time.py", "run=2", "the run may last at most 2 s"),
    _limited("fills_its_disk.py", "disk=16", "Your server filled its disk of 16 MiB", WALLED),
    Attack("shares_memory.py", EVERY, options=("--limit", "memory=400")),
    Attack("chatty.py", EVERY),
    Attack("keeps_many_threads.py", EVERY),
    # Without control groups memory is what processes have mapped, and no level can see this.
    _limited(
        "hogs_memory_in_files.py", "memory=200", "Your server used more than 200 MiB of memory", ()
    ),
)
_ECHO = ("--stage", "echo")
ANSWERS = (
    Attack("endless_status_line.py", EVERY, "The status line has no end at byte 262144"),
    Attack("endless_headers.py", EVERY, "4096"),
    Attack("gigabyte_of_headers.py", EVERY, "The header line has no end at byte 262144"),
    Attack("endless_body.py", EVERY, "The body is longer than 16777216 bytes"),
    Attack("endless_chunks.py", EVERY, "The body is longer than 16777216 bytes"),
    Attack("endless_chunk_extension.py", EVERY, "The chunk size line has no end"),
    Attack("endless_trailers.py", EVERY, "The answer has more than 4096 header lines"),
    Attack("endless_interim_answers.py", EVERY, "More than 100 interim answers"),
    Attack("huge_length.py", EVERY, "The answer announces a body of '999999999999' bytes"),
    Attack("gzip_bomb.py", EVERY, "decompress", ("--stage", "gzip")),
    Attack("noise.py", EVERY, "not with a status line"),
    Attack("drips.py", EVERY, "while the answer was still arriving", ("--timeout-scale", "0.1")),
    Attack("silent.py", EVERY, "No answer within 0.5 s", ("--timeout-scale", "0.1")),
    Attack("stops_in_an_answer.py", EVERY, "The answer is incomplete", ("--timeout-scale", "0.1")),
    Attack("pauses_in_an_answer.py", EVERY),
    Attack("resets_connections.py", EVERY, "Your server reset the connection without an answer"),
    Attack("lies_about_time.py", EVERY),
    Attack("escapes.py", EVERY, "The status line contains the control byte"),
    Attack("prints_commands.py", EVERY, "has no name before its colon"),
    Attack("forges_results.py", EVERY, "The status is 500, not 200", ("--stage", "1-2")),
    Attack(
        "many_gzip_streams.py",
        EVERY,
        "has more than 65536 compressed streams",
        ("--stage", "gzip"),
    ),
    Attack("endless_tiny_chunks.py", EVERY, "The body is longer than 16777216 bytes"),
    Attack("sends_a_huge_header.py", EVERY, "The Content-Type is <", ("--stage", "echo")),
    Attack(
        "endless_body_for_requests.py",
        EVERY,
        "The answer has no end after 16777216 bytes",
        _ECHO,
    ),
    Attack(
        "interim_answers_for_requests.py",
        EVERY,
        "The answer has no end after 16777216 bytes",
        _ECHO,
    ),
    Attack(
        "gzip_bombs_for_requests.py",
        EVERY,
        "The body decompresses to more than 16777216 bytes",
        _ECHO,
    ),
    Attack(
        "drips_for_requests.py",
        EVERY,
        "while the answer was still arriving",
        (*_ECHO, "--timeout-scale", "0.1"),
    ),
    Attack("lures_elsewhere.py", EVERY, "(Python requests) got status 302, not 200", _ECHO),
    Attack(
        "silent_in_many_threads.py", EVERY, "No answer within 0.5 s", ("--timeout-scale", "0.1")
    ),
    Attack(
        "silent_in_many_processes.py", EVERY, "No answer within 1 s", ("--timeout-scale", "0.2")
    ),
    Attack(  # on landlock it may not connect to itself; it is seen to sleep, or is waited for
        "silent_among_many_sockets.py",
        (*WALLED, "plain"),
        "No answer",
        ("--timeout-scale", "0.2"),
    ),
    Attack(
        "listens_on_many_ports.py", EVERY, "and 1992 more, not on port", ("--timeout-scale", "0.1")
    ),
)
_PUTS_LINKS_READS_AND_LISTS = tuple(
    word
    for name in ("serves_a_file", "stores_every_byte", "writes_stay_inside", "stored_or_refused",
                 "symlink_stays_inside", "sibling_stays_outside")
    for word in ("--check", f"files/{name}")
)  # fmt: skip
"""What the grader does to a served directory. A program that keeps a processor busy meanwhile takes
ten times as long with all checks of the stage."""
SHARING = (
    Attack("swaps_its_directory_all_the_time.py", EVERY, "", _PUTS_LINKS_READS_AND_LISTS),
    *(
        Attack(program, EVERY, finding, ("--stage", "files"))
        for program, finding in {
            "plants_in_shared_files.py": "but the directory has no file",
            "plants_links_beside_its_directory.py": "",
            "plants_pipes_beside_its_directory.py": "",
            "plants_big_files.py": "",
            "stores_big_files.py": "is longer than 16777216 bytes",
            "plants_many_names.py": "more than 10000 names",
            "plants_nested_directories.py": "nested more than 64 deep",
            "swaps_its_directory_for_a_link.py": "The status is 404, not 200",
            "replaces_its_directory.py": "",
            "removes_its_directory.py": "The served directory cannot be used any more",
            "locks_its_directory.py": "Your server closed the connection without an answer",
        }.items()
    ),
)

ATTACKS: Sequence[Attack] = (*ATTEMPTS, *REFUSED, *STAYING, *LEAVING, *LIMITS, *ANSWERS, *SHARING)
