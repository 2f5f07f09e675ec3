"""The level namespaces, seen by the program in it: what it may do to the machine, and what it can
see of it."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from grader.isolation import namespaces
from tests.unit.isolation.inside import LEVEL_NAMES, SECRET, inside

if TYPE_CHECKING:
    from collections.abc import Callable

root = pytest.mark.skipif(os.geteuid() != 0, reason="only root owns what it may not do")


def asked(place: Path, question: str, *words: str) -> Any:  # noqa: ANN401
    """What the program finds: `question` is Python source that calls `tell`."""
    head = (
        "import json, os, socket, sys\n"
        "from pathlib import Path\n"
        "def tell(found): print(json.dumps(found))\n"
    )
    return inside(
        "namespaces", place, "say(run(arguments[0], *arguments[1:]))", head + question, *words
    )


def refused(call: str) -> str:
    """Source that tells the error of a call, or what it gave."""
    return f"try:\n    tell(repr({call}))\nexcept OSError as error:\n    tell(type(error).__name__)"


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/made",
        "/usr/made",
        "/etc/made",
        "/var/made",
        "/proc/made",
        "/sys/made",
        f"{Path.home()}/made",
    ],
)
def test_the_machine_is_read_only(tmp_path: Path, path: str) -> None:
    assert asked(tmp_path, refused("open(sys.argv[1], 'w')"), path) in (
        "OSError", "PermissionError", "FileNotFoundError",
    )  # fmt: skip
    assert not os.path.lexists(path)


def test_files_beside_the_directory_are_read_only(tmp_path: Path) -> None:
    (tmp_path / "submission").mkdir()
    beside = tmp_path / "beside"
    beside.write_text("as it was")
    asked(tmp_path, refused("open(sys.argv[1], 'w').write('changed')"), str(beside))
    assert beside.read_text() == "as it was"


def test_what_it_writes_to_tmp_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("as it was")
    question = (
        "Path('/tmp/made-by-a-submission').touch(); Path('/dev/shm/made-by-a-submission').touch()\n"
        "try:\n    Path(sys.argv[1]).write_text('changed')\nexcept OSError:\n    pass\n"
        "tell('made-by-a-submission' in os.listdir('/tmp'))"
    )
    assert asked(tmp_path, question, str(tmp_path / "mine"))
    assert not Path("/tmp/made-by-a-submission").exists()
    assert not Path("/dev/shm/made-by-a-submission").exists()
    assert (tmp_path / "mine").read_text() == "as it was"


@root
def test_devices_cannot_be_written(tmp_path: Path) -> None:
    """The mounts are read-only, and the disks below them have to be as well."""
    disks = [f"/dev/{name}" for name in os.listdir("/dev") if Path("/dev", name).is_block_device()]
    question = (
        "found = []\n"
        "for disk in sys.argv[1:]:\n"
        "    try:\n"
        "        os.close(os.open(disk, os.O_WRONLY))\n"
        "        found.append(disk)\n"
        "    except OSError:\n"
        "        pass\n"
        "tell(found)"
    )
    assert asked(tmp_path, question, *disks) == []


@root
@pytest.mark.parametrize("name", ["core_pattern", "panic", "printk"])
def test_settings_of_the_kernel_cannot_be_written(tmp_path: Path, name: str) -> None:
    question = refused("os.open('/proc/sys/kernel/' + sys.argv[1], os.O_WRONLY)")
    assert asked(tmp_path, question, name) in ("OSError", "PermissionError", "FileNotFoundError")


# --- network --------------------------------------------------------------------------------------


def test_the_network_is_loopback_alone(tmp_path: Path) -> None:
    assert asked(tmp_path, "tell([name for _, name in socket.if_nameindex()])") == ["lo"]


def test_a_server_outside_is_out_of_reach_and_its_port_is_free(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        port = str(outside.getsockname()[1])
        question = refused("socket.create_connection(('127.0.0.1', int(sys.argv[1])))")
        assert asked(tmp_path, question, port) == "ConnectionRefusedError"
        other = tmp_path / "other"
        other.mkdir()
        question = "socket.create_server(('127.0.0.1', int(sys.argv[1]))); tell('bound')"
        assert asked(other, question, port) == "bound"


def test_it_meets_the_grader_on_loopback(tmp_path: Path) -> None:
    source = """
    source = "import socket; s = socket.create_server(('127.0.0.1', 4221)); "
    source += "print('there', flush=True); s.accept()[0].send(b'hello')"
    program = launch(sys.executable, "-c", source)
    lines(program, 1)
    with socket.create_connection(("127.0.0.1", 4221), 60) as client:
        said = client.recv(9).decode()
    program.kill()
    say(said)
    """
    assert inside("namespaces", tmp_path, source) == "hello"


# --- privileges -----------------------------------------------------------------------------------


def test_it_has_no_capability_and_gets_none(tmp_path: Path) -> None:
    question = (
        "tell({k: v.strip() for k, v in (l.split(':', 1) for l in open('/proc/self/status'))})"
    )
    status = asked(tmp_path, question)
    assert {status[f"Cap{kind}"] for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {"0" * 16}
    assert status["NoNewPrivs"] == "1"


@pytest.mark.parametrize(
    "call",
    ["c.unshare(0x10000000)", "c.unshare(0x20000)", "c.mount(b'none', b'/mnt', b'tmpfs', 0, 0)",
     "c.umount2(b'/tmp', 2)", "c.chroot(b'/')", "c.sethostname(b'x', 1)",
     "c.setns(os.open('/proc/1/ns/net', os.O_RDONLY), 0)"],
)  # fmt: skip
def test_it_cannot_change_its_world(tmp_path: Path, call: str) -> None:
    question = (
        "import ctypes\n"
        "c = ctypes.CDLL(None)\n"
        "try:\n"
        f"    tell({call})\n"
        "except OSError:\n"
        "    tell(-1)"
    )
    assert asked(tmp_path, question) == -1


# --- processes ------------------------------------------------------------------------------------


def test_it_sees_its_own_processes_alone(tmp_path: Path) -> None:
    found = asked(
        tmp_path, "tell([os.getpid(), [int(n) for n in os.listdir('/proc') if n.isdecimal()]])"
    )
    assert found == [2, [1, 2]]


def test_it_cannot_end_what_keeps_it(tmp_path: Path) -> None:
    question = (
        "import contextlib\n"
        "for number in (9, 15, 19):\n"
        "    with contextlib.suppress(PermissionError):\n"
        "        os.kill(1, number)\n"
        "tell(os.getppid())"
    )
    assert asked(tmp_path, question) == 1


def test_what_keeps_it_does_not_say_how_the_grader_was_called(tmp_path: Path) -> None:
    """The seed is among the arguments."""
    assert (
        asked(tmp_path, "tell(Path('/proc/1/cmdline').read_bytes().strip(b'\\0').decode())") == ""
    )


@pytest.mark.e2e
@pytest.mark.parametrize("level", LEVEL_NAMES)
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/stderr", "/dev/tty", "/dev/null"])
def test_its_own_terminal_can_be_opened_again(tmp_path: Path, level: str, name: str) -> None:
    source = (
        "import json, sys; open(sys.argv[1], 'w').write('there\\n'); print(json.dumps('opened'))"
    )
    assert inside(level, tmp_path, "say(run(*arguments))", source, name) == "opened"


def test_it_inherits_no_descriptor(tmp_path: Path) -> None:
    assert asked(tmp_path, "tell(sorted(map(int, os.listdir('/proc/self/fd')))[:-1])") == [0, 1, 2]


def test_the_graders_environment_cannot_be_read(tmp_path: Path) -> None:
    question = (
        "read = {}\nfor name in os.listdir('/proc'):\n    try:\n"
        "        read[name] = 'GRADER_SECRET' in Path('/proc', name, 'environ').read_text()\n"
        "    except OSError:\n        pass\ntell(read)"
    )
    assert SECRET
    assert asked(tmp_path, question) == {"2": False, "self": False, "thread-self": False}


@pytest.mark.parametrize("name", ["environ", "mem", "maps", "root", "cwd", "auxv"])
def test_what_keeps_it_cannot_be_looked_into(tmp_path: Path, name: str) -> None:
    """The keeper is a copy of the grader's process, with all that was in its memory."""
    call = (
        "os.listdir(p)[0]"
        if name in ("root", "cwd", "fd")
        else "os.read(os.open(p, os.O_RDONLY), 9)"
    )
    assert asked(tmp_path, f"p = '/proc/1/{name}'\n" + refused(call)) == "PermissionError"


# --- whether it works here ------------------------------------------------------------------------


def test_it_is_tried_once_where_it_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Callable[[], None]] = []

    def works(trial: Callable[[], None], *_meanwhile: object) -> str:
        tried.append(trial)
        return ""

    monkeypatch.setattr(namespaces, "reason", works)
    assert not namespaces.Namespaces(tmp_path).missing()
    assert len(tried) == 1


@root
def test_root_that_cannot_be_nobody_is_tried_as_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(["nobody may not enter", ""])
    monkeypatch.setattr(namespaces, "reason", lambda _trial, *_meanwhile: next(said))
    level = namespaces.Namespaces(tmp_path)
    assert not level.missing()
    assert level.user is None
    assert (
        level.weaknesses[0]
        == "the program runs as root, without capabilities: nobody may not enter"
    )
