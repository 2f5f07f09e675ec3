"""A running program at every level: how it ended, what it said, and that it is gone with all it
started."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from grader.errors import MachineError, UsageError
from grader.program.output import Output
from grader.program.program import Program
from tests.unit.isolation.inside import LEVEL_NAMES, inside

if TYPE_CHECKING:
    from pathlib import Path

every_level = pytest.mark.parametrize("level", LEVEL_NAMES)
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

DAEMONS = """
import os, signal, sys
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD}:
    signal.signal(number, signal.SIG_IGN)
def rest():
    print("there", flush=True)
    while True:
        signal.pause()
for _ in range(4):
    if not os.fork():
        os.setsid()
        if not os.fork():
            os.setpgid(0, 0)
            rest()
        if not os.fork():
            os.closerange(0, 100)
            os.open(os.devnull, os.O_RDWR)
            while True:
                signal.pause()
        os._exit(0)
    os.wait()
rest()
"""


@pytest.mark.e2e
@every_level
@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("exit 0", 0),
        ("exit 3", 3),
        ("exit 255", 255),
        ("kill -TERM $$", 143),
        ("kill -SEGV $$", 139),
        ("kill -KILL $$", 137),
        ("sh -c 'kill -KILL $$'", 137),
    ],
)
def test_how_it_ended(level: str, tmp_path: Path, line: str, status: int) -> None:
    source = """
    program = ended(launch("/bin/sh", "-c", arguments[0]))
    before = [program.exit_status, program.alive]
    program.kill()
    say([*before, program.exit_status, program.alive])
    """
    assert inside(level, tmp_path, source, line) == [status, False, status, False]


@every_level
def test_it_runs_until_it_is_killed(level: str, tmp_path: Path) -> None:
    source = """
    program = launch(sys.executable, "-c", PAUSES)
    lines(program, 1)
    before = [program.exit_status, program.alive, program.wait_exit(0), len(program.tree())]
    program.kill()
    program.kill()
    say([*before, program.exit_status, program.alive, program.wait_exit(0)])
    """
    assert inside(level, tmp_path, source) == [None, True, False, 1, 137, False, True]


@every_level
def test_the_first_of_its_tree_is_the_program(level: str, tmp_path: Path) -> None:
    """Not what the isolation keeps above it."""
    source = """
    program = launch("/bin/sh", "-c", "sleep 600 & echo there; wait")
    lines(program, 1)
    def tree():
        return [(processes.command_of(pid) or "(starting)").split()[0] for pid in program.tree()]
    found = until(lambda: (found := tree())[-1] == "sleep" and found, "what the shell started")
    program.kill()
    say(found)
    """
    assert inside(level, tmp_path, source) == ["/bin/sh", "sleep"]


@linux
@every_level
def test_a_tree_that_defends_itself_is_killed_whole(level: str, tmp_path: Path) -> None:
    """Sessions and groups of their own, orphans, every signal ignored that can be."""
    source = """
    program = launch(sys.executable, "-c", arguments[0], str(place))
    lines(program, 5)
    before = until(lambda: len(found := at_place()) >= 9 and found, "all of them")
    program.kill()
    after = at_place()
    program.kill()
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        after.append("no child, dead or alive")
    say([len(before) >= 9, after, program.exit_status])
    """
    assert inside(level, tmp_path, source, DAEMONS) == [True, ["no child, dead or alive"], 137]


@linux
@every_level
def test_nothing_of_it_is_left_once_it_has_been_killed(level: str, tmp_path: Path) -> None:
    """Not for an instant: with so much memory to give back, it is the last one to be gone, and its
    output ends before."""
    source = """
    full = "import os, signal; full = b'.' * (256 << 20); print('there', flush=True);"
    full += "os.closerange(0, 3); signal.pause()"
    program = launch(sys.executable, "-c", full)
    lines(program, 1)
    ends = [os.pidfd_open(pid) for pid in program.tree()]
    program.kill()
    say([len(ends), len(select.select(ends, [], [], 0)[0])])
    """
    assert inside(level, tmp_path, source) == [1, 1]


@linux
@every_level
def test_a_tree_is_killed_whole_after_its_first_process_has_ended(
    level: str, tmp_path: Path
) -> None:
    source = """
    source = "import os, signal\\nif os.fork():\\n    os._exit(7)\\n"
    source += "os.setsid()\\nwhile True: signal.pause()"
    program = launch(sys.executable, "-c", source, str(place))
    assert program.wait_exit(60)
    program.kill()
    say([program.exit_status, at_place()])
    """
    assert inside(level, tmp_path, source) == [7, []]


@linux
@every_level
def test_a_fork_storm_is_killed_whole(level: str, tmp_path: Path) -> None:
    source = """
    source = '''
    import os
    print("there", flush=True)
    for _ in range(4):
        os.fork()
    while True:
        if not os.fork():
            os._exit(0)
        os.wait()
    '''
    import textwrap
    program = launch(sys.executable, "-c", textwrap.dedent(source), str(place))
    lines(program, 1)
    until(lambda: len(program.tree()) > 16, "a storm")
    program.kill()
    say(at_place())
    """
    assert inside(level, tmp_path, source) == []


@pytest.mark.e2e
@linux
@every_level
def test_thirty_launches_leave_nothing_open(level: str, tmp_path: Path) -> None:
    source = """
    def held():
        files, started = os.listdir("/proc/self/fd"), processes.descendants(os.getpid())
        return [len(files), threading.active_count(), len(started)]
    launch("/bin/true").kill()
    before = held()
    for number in range(30):
        program = launch("/bin/sh", "-c", "echo there; exec sleep 600")
        if number % 3:
            lines(program, 1)
        program.kill()
    say([before, held()])
    """
    before, after = inside(level, tmp_path, source)
    assert before == after


@pytest.mark.e2e
@linux
@every_level
def test_whoever_is_killed_while_it_starts_leaves_nobody(level: str, tmp_path: Path) -> None:
    """Whatever the sandbox is just building: nobody holds the terminal, and nobody runs on."""
    source = """
    launch("/bin/true").kill()
    before = threading.active_count()
    for number in range(60):
        program = launch("/bin/sleep", "600", str(place))
        built = number % (1 + entered.waiters)
        def so_far():
            return len(processes.descendants(program.pid)) >= built or not program.alive
        until(so_far, "so far")
        program.kill()
    say([threading.active_count() - before, len(at_place())])
    """
    assert inside(level, tmp_path, source) == [0, 0]


@every_level
def test_all_that_it_says_is_read_and_the_end_kept(level: str, tmp_path: Path) -> None:
    source = """
    source = "import sys; sys.stdout.write('x' * (2 << 20) + chr(10) + 'the end' + chr(10))"
    source += "; sys.stdout.flush()"
    program = ended(launch(sys.executable, "-c", source))
    said = program.output.tail()
    program.kill()
    say([program.exit_status, said[-9:].decode(), len(said), program.output.tail() == said])
    """
    status, end, length, same = inside(level, tmp_path, source)
    assert (status, end, same) == (0, "x\nthe end\n"[-9:], True)
    assert 200 * 1024 < length <= (256 + 64) * 1024


@linux
@every_level
def test_those_who_left_the_tree_still_belong_to_it(level: str, tmp_path: Path) -> None:
    """The program waits for what its orphan writes in a while, so it is not at rest, and what that
    uses counts."""
    source = """
    source = '''
    import os, time
    read, write = os.pipe()
    if not os.fork():
        if not os.fork():
            if arguments:
                os.setsid()
            time.sleep(600)
        os._exit(0)
    os.wait(); os.close(write); print("there", flush=True); os.read(read, 1)
    '''
    import textwrap
    found = []
    for arguments in ([], ["session"]):
        given = f"arguments = {arguments}\\n"
        program = launch(sys.executable, "-c", given + textwrap.dedent(source))
        lines(program, 1)
        found.append(len(program.tree()))
        program.kill()
    say(found)
    """
    assert inside(level, tmp_path, source) == [2, 2]


@linux
@pytest.mark.parametrize("level", ["network", "landlock", "plain"])
def test_what_we_start_ourselves_meanwhile_is_not_its_own(level: str, tmp_path: Path) -> None:
    """Such as a build, and the reference that was there before."""
    source = """
    import subprocess
    pauses = [sys.executable, "-c", "import signal; signal.pause()"]
    before = Program(pauses, directory=directory, environment={})
    program = launch(sys.executable, "-c", PAUSES)
    lines(program, 1)
    meanwhile = subprocess.Popen(["sleep", "600"])
    found = len(program.tree())
    program.kill()
    say([found, meanwhile.poll(), before.alive])
    meanwhile.kill()
    meanwhile.wait()
    before.kill()
    """
    assert inside(level, tmp_path, source) == [1, None, True]


@pytest.mark.e2e
@linux
@pytest.mark.parametrize("level", ["network", "landlock", "plain"])
def test_orphans_that_have_ended_are_reaped_and_their_time_counts(
    level: str, tmp_path: Path
) -> None:
    """Or a program with an orphan for each request would have too many processes in the end."""
    source = """
    from grader.program.bounds import ProgramBounds
    source = '''
    import os, time
    for _ in range(60):
        if not os.fork():
            if not os.fork():
                while time.process_time() < 0.02:
                    pass
            os._exit(0)
        os.wait()
    print("there", flush=True)
    while True:
        time.sleep(600)
    '''
    import textwrap
    contained = entered.contain(directory, None, None)
    def bounded(**limits):
        return Program(
            [sys.executable, "-c", textwrap.dedent(source)],
            directory=contained.directory,
            confine=contained.confine,
            environment={},
            bounds=ProgramBounds(Limits(**limits), time.monotonic() + 600),
        )
    program = bounded(processes=50)
    lines(program, 1)
    until(lambda: len(program.tree()) == 1, "none of them")
    found = program.limit_hit()
    program.kill()
    program = bounded(cpu=1)
    until(lambda: program.limit_hit(), "all of their time")
    say([found, program.limit_hit()])
    program.kill()
    """
    assert inside(level, tmp_path, source) == [
        "",
        "used more than 1 s of processor time and was stopped",
    ]


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^program cannot be started"):
        Program(["/no/such/program"], directory=tmp_path, environment={})


def test_a_machine_that_cannot_contain(tmp_path: Path) -> None:
    """Which is not the program's fault."""

    def confine() -> None:
        raise PermissionError(1, "not on this machine")

    with pytest.raises(MachineError, match="cannot contain /bin/true: not on this machine"):
        Program(["/bin/true"], directory=tmp_path, environment={}, confine=confine)


def test_it_gets_its_environment_and_no_other(tmp_path: Path) -> None:
    program = Program(["/usr/bin/env"], directory=tmp_path, environment={"ONLY": "this"})
    assert program.wait_exit(60)
    program.output.finish(10)
    said = program.output.tail().decode().split()
    program.kill()
    assert said == ["ONLY=this"]


def test_the_tail_is_bounded_whatever_comes() -> None:
    read, write = os.pipe()
    output = Output(read, keep=100)
    output.start()
    for number in range(1000):
        os.write(write, b"%03d\r\n" % number)
    os.close(write)
    output.finish(60)
    os.close(read)
    said = output.tail()
    assert said.endswith(b"998\n999\n")
    assert b"\r" not in said


def test_it_may_be_asked_after_while_it_is_killed(tmp_path: Path) -> None:
    """A check that runs beside others asks whether the program lives, just when another one has it
    killed."""
    source = """
    import threading
    failures = []
    threading.excepthook = lambda given: failures.append(repr(given.exc_value))
    for _ in range(20):
        program = launch(sys.executable, "-c", PAUSES)
        lines(program, 1)

        def ask():
            while not program.wait_exit(0.001):
                program.exit_status
            for _ in range(50):
                program.exit_status, program.alive

        asking = [threading.Thread(target=ask) for _ in range(4)]
        for thread in asking:
            thread.start()
        program.kill()
        for thread in asking:
            thread.join()
    say(failures)
    """
    assert inside("plain", tmp_path, source) == []
