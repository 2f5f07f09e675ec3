"""Whether programs in other languages than Python are at rest: C by what it calls, node as it
is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from grader.system.blocked import blocked_for
from grader.system.sockets import SocketTable, listeners_of
from tests.unit.system.watched import running, until

if TYPE_CHECKING:
    from pathlib import Path

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows what a process waits for"
)
pytestmark = linux

HEAD = r"""
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static struct timespec later = {600, 0};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t told = PTHREAD_COND_INITIALIZER;
static sem_t semaphore;
static int pair[2], listener;
static struct timespec at(void) {
  struct timespec t; clock_gettime(CLOCK_REALTIME, &t); t.tv_sec += 600; return t;
}
static void ready(void) { write(1, "ready\n", 6); }
static void *pausing(void *_) { ready(); for (;;) usleep(600000000); return _; }
static void *accepting(void *_) { ready(); accept(listener, 0, 0); return _; }
int main(void) {
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  sem_init(&semaphore, 0, 0);
  struct epoll_event event; int polled = epoll_create1(0); (void)event; (void)polled;
  struct pollfd one = {pair[0], POLLIN, 0}; (void)one;
  fd_set set; FD_ZERO(&set); FD_SET(pair[0], &set);
  sigset_t signals; sigemptyset(&signals); sigaddset(&signals, SIGUSR1);
  pthread_t thread; (void)thread;
  struct timespec due = at(); (void)due;
"""
TAIL = "\n  return 0;\n}\n"

ENDLESS = {
    "ppoll": "ready(); ppoll(&one, 1, 0, 0);",
    "pselect": "ready(); pselect(pair[0] + 1, &set, 0, 0, 0, 0);",
    "epoll_pwait": "ready(); epoll_pwait(polled, &event, 1, -1, &signals);",
    "epoll_pwait2": "ready(); syscall(441, polled, &event, 1, 0, 0, 8);",
    "mutex": "pthread_mutex_lock(&lock); ready(); pthread_mutex_lock(&lock);",
    "condition": "pthread_mutex_lock(&lock); ready(); pthread_cond_wait(&told, &lock);",
    "semaphore": "ready(); sem_wait(&semaphore);",
    "sigsuspend": "ready(); sigsuspend(&signals);",
    "waitpid": "if (!fork()) pause(); ready(); waitpid(-1, 0, 0);",
    "recvmsg": (
        "char c; struct iovec v = {&c, 1}; struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};"
        "ready(); recvmsg(pair[0], &m, MSG_WAITALL);"
    ),
}
LONGEST = "poll of more than 31 bits"
TIMED = {
    "nanosleep": "ready(); nanosleep(&later, 0);",
    "ppoll": "ready(); ppoll(&one, 1, &later, 0);",
    LONGEST: "ready(); poll(&one, 1, 0x7fffffff);",
    "pselect": "ready(); pselect(pair[0] + 1, &set, 0, 0, &later, 0);",
    "epoll_pwait": "ready(); epoll_pwait(polled, &event, 1, 600000, &signals);",
    "epoll_pwait2": "ready(); syscall(441, polled, &event, 1, &later, 0, 8);",
    "mutex": "pthread_mutex_lock(&lock); ready(); pthread_mutex_timedlock(&lock, &due);",
    "condition": "pthread_mutex_lock(&lock); ready(); pthread_cond_timedwait(&told, &lock, &due);",
    "semaphore": "ready(); sem_timedwait(&semaphore, &due);",
    "sigtimedwait": (
        "sigprocmask(SIG_BLOCK, &signals, 0); ready(); sigtimedwait(&signals, 0, &later);"
    ),
    "a timer with a thread": (
        "timer_t t; struct sigevent e = {.sigev_notify = SIGEV_NONE};timer_create(CLOCK_MONOTONIC,"
        " &e, &t); struct itimerspec i = {{0, 0}, {600, 0}}; timer_settime(t, 0, &i, 0);ready();"
        " pause();"
    ),
    "alarm": "signal(SIGALRM, abort_not); alarm(600); ready(); pause();",
    "an alarm, with a handler for each signal": (
        "for (int n = 1; n < 65; n++) signal(n, abort_not); alarm(600); ready(); pause();"
    ),
    "a sleeping thread": "pthread_create(&thread, 0, pausing, 0); pause();",
}


def compiled(place: Path, body: str) -> list[str]:
    """The command for a main with this body."""
    if (compiler := shutil.which("gcc") or shutil.which("cc")) is None:
        pytest.skip("no C compiler is installed")
    source = place / "program.c"
    head = HEAD.replace("int main", "static void abort_not(int _) { (void)_; }\nint main")
    source.write_text(head + body + TAIL)
    made = subprocess.run(
        [compiler, "-w", "-o", str(place / "program"), str(source), "-pthread", "-lrt"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip(f"the C compiler does not work here: {made.stderr[:300]}")
    return [str(place / "program")]


@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS)
def test_c_rests(body: str, tmp_path: Path) -> None:
    with running(compiled(tmp_path, body)) as watched:
        until(watched.rests_for_certain, "at rest")
        assert watched.process.poll() is None


UNSEEN = {
    *("sigtimedwait", "a timer with a thread", "alarm"),
    "an alarm, with a handler for each signal",
    *("mutex", "condition", "semaphore"),  # by the clock of the day
}


@pytest.mark.parametrize("name", TIMED)
def test_how_long_c_sleeps_is_seen(name: str, tmp_path: Path) -> None:
    with running(compiled(tmp_path, TIMED[name])) as watched:
        if name in UNSEEN:
            assert not watched.ever(lambda: blocked_for(watched.tree, 0.0))
        else:
            until(lambda: blocked_for(watched.tree, 500), "asleep for more than 500 s")
            assert name == LONGEST or not blocked_for(watched.tree, 601)


@pytest.mark.parametrize("body", TIMED.values(), ids=TIMED)
def test_c_does_not_rest(body: str, tmp_path: Path) -> None:
    with running(compiled(tmp_path, body)) as watched:
        assert not watched.ever_rests()
        assert watched.process.poll() is None


def test_c_listens_when_its_first_thread_has_ended(tmp_path: Path) -> None:
    """main starts a thread that accepts, and ends by pthread_exit: a server like any other."""
    body = (
        "listener = socket(AF_INET, SOCK_STREAM, 0); listen(listener, 5);"
        "pthread_create(&thread, 0, accepting, 0); pthread_exit(0);"
    )
    with SocketTable() as table, running(compiled(tmp_path, body)) as watched:
        until(
            lambda: any(thread.state == "Z" for thread in watched.look().values()),
            "the first thread has ended",
        )
        found = listeners_of(table, watched.tree)
    assert len(found) == 1


def test_c_does_not_rest_when_a_thread_outlives_main(tmp_path: Path) -> None:
    with running(
        compiled(tmp_path, "pthread_create(&thread, 0, pausing, 0); pthread_exit(0);")
    ) as watched:
        assert not watched.ever_rests()


def node(source: str) -> list[str]:
    if (program := shutil.which("node")) is None:
        pytest.skip("node is not installed")
    return [program, "-e", source]


def serving(module: str) -> str:
    return f"require('{module}').createServer(() => {{}}).listen(0, () => console.log('ready'));"


def test_node_rests() -> None:
    with running(node(serving("net"))) as watched:
        until(watched.rests_for_certain, "at rest")
        assert watched.process.poll() is None


@pytest.mark.parametrize(
    "beside",
    [
        "setTimeout(() => {}, 600000)",
        "setInterval(() => {}, 600000)",
        "require('timers/promises').setTimeout(600000)",
        "require('child_process').spawn('sleep', ['600'])",
        "process.nextTick(() => setTimeout(() => {}, 600000).unref())",
    ],
)
def test_node_does_not_rest_beside_a_timer(beside: str) -> None:
    with running(node(f"{beside}; {serving('net')}")) as watched:
        assert not watched.ever_rests()
        assert watched.process.poll() is None


def test_nodes_http_server_looks_after_its_clients() -> None:
    """It drops those that are too slow, and so has a timer of its own, of 30 s."""
    with running(node(serving("http"))) as watched:
        assert not watched.ever_rests()
        assert watched.process.poll() is None
        until(lambda: blocked_for(watched.tree, 1), "asleep for more than a second")
        assert not blocked_for(watched.tree, 31)


def test_go_is_looked_after_by_a_thread_that_sleeps_for_a_minute(tmp_path: Path) -> None:
    if (go := shutil.which("go")) is None:
        pytest.skip("go is not installed")
    source = tmp_path / "main.go"
    source.write_text(
        'package main\nimport ("net"; "os")\nfunc main() {\n'
        'l, _ := net.Listen("tcp", "127.0.0.1:0")\nos.Stdout.WriteString("ready\\n")\n'
        "for { l.Accept() }\n}\n"
    )
    subprocess.run([go, "build", "-o", str(tmp_path / "main"), str(source)], check=True)
    with running([str(tmp_path / "main")]) as watched:
        assert not watched.ever_rests()
        until(lambda: blocked_for(watched.tree, 1), "asleep for more than a second")
