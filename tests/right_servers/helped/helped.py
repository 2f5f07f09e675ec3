"""A right server whose answers come from another process: `helped.py CHANNEL LIFE`.

CHANNEL: how the request gets to the helper, and the answer back. LIFE: whose child the helper is: a `child` of the
server; a `daemon`, whose parent has ended; one with a `session` of its own; one that begins `late`, at the first
request; or `workers`, daemons that take clients by themselves. With the channel `mute` the helper never answers.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing import Semaphore

PORT = 4221
THINKS_S = 0.08  # longer than it takes to look twice whether anybody can still answer
_SIZE = 1 << 16

Ask = Callable[[bytes], bytes]


def answer(request: bytes) -> bytes:
    """What the first stages ask for, after some thought."""
    time.sleep(THINKS_S)
    path = request.split(b" ")[1]
    status, body = b"404 Not Found", b""
    if path == b"/":
        status = b"200 OK"
    elif path.startswith(b"/echo/"):
        status, body = b"200 OK", path[6:]
    return b"HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


def head(connection: socket.socket) -> bytes:
    """A request up to its empty line, as far as it comes."""
    data = b""
    while b"\r\n\r\n" not in data and (more := connection.recv(_SIZE)):
        data += more
    return data


def serve(listener: socket.socket, ask: Ask) -> None:
    while True:
        client, _ = listener.accept()
        with client:
            if b"\r\n\r\n" in (request := head(client)):
                client.sendall(ask(request))


# --- channels: each gives how to ask, and how to help ------------------------------------------------------------------


def descriptors(ours: int, theirs: int, our_answers: int, their_answers: int) -> tuple[Ask, Callable[[], None]]:
    """Requests are written to `ours` and read from `theirs`; answers the other way round."""

    def ask(request: bytes) -> bytes:
        os.write(ours, request)
        return os.read(our_answers, _SIZE)

    def help_out() -> None:
        while request := os.read(theirs, _SIZE):
            os.write(their_answers, answer(request))

    return ask, help_out


def pipe() -> tuple[Ask, Callable[[], None]]:
    (theirs, ours), (our_answers, their_answers) = os.pipe(), os.pipe()
    return descriptors(ours, theirs, our_answers, their_answers)


def pair() -> tuple[Ask, Callable[[], None]]:
    ours, theirs = (end.detach() for end in socket.socketpair())
    return descriptors(ours, theirs, ours, theirs)


def fifo() -> tuple[Ask, Callable[[], None]]:
    place = tempfile.mkdtemp()
    ends = []
    for name in ("requests", "answers"):
        os.mkfifo(path := f"{place}/{name}")
        ends.append(os.open(path, os.O_RDWR))
    return descriptors(ends[0], ends[0], ends[1], ends[1])


def unix() -> tuple[Ask, Callable[[], None]]:
    """A socket in the file system, connected to anew for each request."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path := f"{tempfile.mkdtemp()}/helper")
    listener.listen()

    def ask(request: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as helper:
            helper.connect(path)
            helper.sendall(request)
            return helper.recv(_SIZE)

    def help_out() -> None:
        while True:
            client, _ = listener.accept()
            with client:
                client.sendall(answer(head(client)))

    return ask, help_out


def shared(wait: Callable[[], object], wake: Callable[[], object], waits: Callable[[], object],
           wakes: Callable[[], object]) -> tuple[Ask, Callable[[], None]]:  # fmt: skip
    """Memory that both see, and how each waits for the other."""
    memory = mmap.mmap(-1, _SIZE)

    def put(data: bytes) -> None:
        memory.seek(0)
        memory.write(len(data).to_bytes(4, "little") + data)

    def get() -> bytes:
        return memory[4 : 4 + int.from_bytes(memory[:4], "little")]

    def ask(request: bytes) -> bytes:
        put(request)
        wake()
        wait()
        return get()

    def help_out() -> None:
        while True:
            waits()
            put(answer(get()))
            wakes()

    return ask, help_out


def futex() -> tuple[Ask, Callable[[], None]]:
    asked, answered = Semaphore(0), Semaphore(0)
    return shared(answered.acquire, asked.release, asked.acquire, answered.release)


def eventfd() -> tuple[Ask, Callable[[], None]]:
    libc = ctypes.CDLL(None)
    asked, answered = libc.eventfd(0, 0), libc.eventfd(0, 0)

    def wait(one: int) -> Callable[[], object]:
        return lambda: os.read(one, 8)

    def wake(one: int) -> Callable[[], object]:
        return lambda: os.write(one, (1).to_bytes(8, "little"))

    return shared(wait(answered), wake(asked), wait(asked), wake(answered))


def signals() -> tuple[Ask, Callable[[], None]]:
    """Each waits for SIGUSR1, which is held back meanwhile. Who they are stands in memory that both see."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    numbers = mmap.mmap(-1, 8)
    numbers[:4] = os.getpid().to_bytes(4, "little")

    def wait() -> object:
        return signal.sigwait([signal.SIGUSR1])

    def send(at: int) -> Callable[[], object]:
        return lambda: os.kill(int.from_bytes(numbers[at : at + 4], "little"), signal.SIGUSR1)

    ask, help_out = shared(wait, send(4), wait, send(0))

    def begin() -> None:
        numbers[4:] = os.getpid().to_bytes(4, "little")
        help_out()

    def ask_whom() -> Ask:
        def asked(request: bytes) -> bytes:
            while not any(numbers[4:]):
                time.sleep(0.001)
            return ask(request)

        return asked

    return ask_whom(), begin


def mute() -> tuple[Ask, Callable[[], None]]:
    """A pipe to somebody who does not listen."""
    return pipe()[0], signal.pause


CHANNELS = {
    "mute": mute, "pipe": pipe, "pair": pair, "fifo": fifo, "unix": unix, "futex": futex, "eventfd": eventfd, "signals": signals,
}  # fmt: skip


# --- lives ---------------------------------------------------------------------------------------------------------------


def child(work: Callable[[], None]) -> None:
    if not os.fork():
        work()
        os._exit(0)


def daemon(work: Callable[[], None]) -> None:
    """An orphan: its parent has ended before it begins."""
    if not (parent := os.fork()):
        read, write = os.pipe()
        if not os.fork():
            os.close(write)
            os.read(read, 1)  # until the parent is gone
            work()
        os._exit(0)
    os.waitpid(parent, 0)


def session(work: Callable[[], None]) -> None:
    def begin() -> None:
        os.setsid()
        work()

    daemon(begin)


def main(channel: str, life: str) -> None:
    listener = socket.create_server(("127.0.0.1", PORT))
    if life == "workers":
        for _ in range(2):
            daemon(lambda: serve(listener, answer))
        signal.pause()
    ask, help_out = CHANNELS[channel]()
    if life == "late":
        begun = threading.Lock()

        def first(request: bytes) -> bytes:
            if begun.acquire(blocking=False):
                daemon(help_out)
            return ask(request)

        serve(listener, first)
    {"child": child, "daemon": daemon, "session": session}[life](help_out)
    serve(listener, ask)


if __name__ == "__main__":
    main(*sys.argv[1:])
