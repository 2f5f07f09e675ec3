"""Owns what is expected of right servers for the services of the sockets track that others have written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tests.right_servers.servers import ROOT, RightServer
from tests.right_servers.socket_servers import SOCKETS

SERVICES: Final = ("tcp-ping-pong", "tcp-echo", "udp-echo")
_NO_LINE_END: Final = "tcp-ping-pong/without_a_line_end"
_LARGEST: Final = "udp-echo/largest"


def _service(
    name: str,
    *command: str,
    needs: tuple[str, ...] = (),
    passes: tuple[str, ...] = SERVICES,
    advice: tuple[str, ...] = (),
    build: tuple[str, ...] = (),
    sometimes: tuple[str, ...] = (),
) -> RightServer:
    return RightServer(name, SOCKETS, command, needs, passes, (), advice, build, sometimes)


def services() -> Iterable[RightServer]:
    """Each is asked for the stages that it passes; what fails of them is advice, and recorded."""
    for form in ("streams", "protocol", "threaded"):
        command = ("python3", "-m", "reference", "--server", form)
        yield RightServer(f"reference-{form}", ROOT, command, passes=SERVICES)
    yield RightServer(
        "reference-blocking",
        ROOT,
        ("python3", "-m", "reference", "--server", "blocking"),
        passes=("tcp-ping-pong", "udp-echo"),
        fails=("tcp-echo/two_clients",),
        advice=("tcp-ping-pong/while_one_is_silent",),
    )
    yield _service(
        "asyncio", "PYTHON", "asyncio_services.py",
        advice=(_NO_LINE_END, "tcp-ping-pong/much_at_once", "udp-echo/empty_comes_back"),
    )  # fmt: skip
    yield _service("socketserver", "PYTHON", "socketserver_services.py", advice=(_NO_LINE_END, _LARGEST))
    yield _service("node", "node", "node_services.js", needs=("node",))
    yield _service(
        "go", "./go_services",
        needs=("go",), advice=(_NO_LINE_END,), build=("go", "build", "-o", "go_services", "go_services.go"),
    )  # fmt: skip
    yield _service(
        "twisted", "PYTHON", "twisted_echo.py",
        needs=("twisted",),
        passes=("tcp-echo", "udp-echo"),
        advice=("tcp-echo/memory", _LARGEST),
        sometimes=("tcp-echo/after_the_half_close",),  # it closes with what is not written yet, if there is something
    )  # fmt: skip
    yield _service("socat", "./socat_echo.sh", needs=("socat",), passes=("tcp-echo",))
    yield _service(
        "socat-udp", "./socat_udp_echo.sh",
        needs=("socat",), passes=("udp-echo",), advice=(_LARGEST, "udp-echo/empty_ends_nothing"),
    )  # fmt: skip
    yield _service(
        "ncat", "./ncat_echo.sh",
        needs=("ncat",), passes=("tcp-echo",), advice=("tcp-echo/after_the_half_close",),
        # its writes to cat block: it stops for ever when both pipes are full before it reads cat's
        sometimes=("tcp-echo/a_mebibyte",),
    )  # fmt: skip
