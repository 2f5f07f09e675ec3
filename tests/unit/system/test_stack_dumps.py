"""What programs print of their own stacks: by real interpreters, and by prints kept from them."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from grader.system.stack_dumps import SIGNALS, Frame, Stack, numbered, stacks_of
from grader.system.waits import waits
from tests.unit.system.watched import until

if TYPE_CHECKING:
    from pathlib import Path

TWO_THREADS = """
import socket, threading
def read(one):
    one.recv(1)
first, second = socket.socketpair()
threading.Thread(target=read, args=(first,), daemon=True).start()
print("ready", flush=True)
threading.Event().wait()
"""
GO = """package main

import (
\t"fmt"
\t"time"
)

func main() {
\tfmt.Println("ready")
\tselect {
\tcase <-time.After(time.Hour):
\t}
}
"""
OF_PYTHON = """what it said before
Fatal Python error: Aborted

Thread 0x00007f85ea1f36c0 [worker] (most recent call first):
  File "/x/a b.py", line 5 in spin
  Garbage-collecting
  File "/usr/lib/python3/threading.py", line 982 in run

Current thread 0x00007f85eb866b80 (most recent call first):
  File "server.py", line 9 in <module>

Extension modules: a, b (total: 2)
"""
OF_GO = """SIGQUIT: quit
PC=0x464e41 m=0 sigcode=0

goroutine 0 [idle]:
runtime.futex()
\t/usr/lib/go/src/runtime/sys.s:559 +0x21 fp=0x7ffcfc1a8660

goroutine 1 [IO wait, 2 minutes]:
net.(*TCPListener).Accept(0xc0000a2060)
\t/usr/lib/go/src/net/tcpsock.go:288 +0x3d fp=0xc000048f18
main.main()
\t/x/server.go:8 +0xe2 fp=0xc000048f80

goroutine 7 gp=0xc0000 m=nil [chan receive]:
main.serve({0x4f0, 0xc00})
\t/x/server.go:3 +0x4d fp=0xc000084fe0
created by main.main in goroutine 1
\t/x/server.go:9 +0xae
"""
OF_JAVA = """"main" #1 prio=5 os_prio=0 cpu=45.38ms tid=0x00007f13 nid=0x554c runnable  [0x7f13b1]
   java.lang.Thread.State: RUNNABLE
\tat java.net.ServerSocket.accept(java.base@17.0.15/ServerSocket.java:532)
\tat java.net.ServerSocket.accept(ServerSocket.java:532)
\tat Server.main(Server.java:12)

"GC Thread#0" os_prio=0 cpu=5.00ms elapsed=1.38s tid=0x00007f14 nid=21839 runnable
"""


def test_the_print_of_python() -> None:
    spin = (Frame("/x/a b.py", 5, "spin"), Frame("/usr/lib/python3/threading.py", 982, "run"))
    assert stacks_of("python", OF_PYTHON) == (
        Stack(spin),
        Stack((Frame("server.py", 9, "<module>"),)),
    )


def test_the_print_of_go() -> None:
    library = Frame("/usr/lib/go/src/net/tcpsock.go", 288, "Accept")
    assert stacks_of("go", OF_GO) == (
        Stack((library, Frame("/x/server.go", 8, "main")), state="IO wait"),
        Stack((Frame("/x/server.go", 3, "serve"),), state="chan receive"),
    )


def test_the_print_of_java() -> None:
    assert stacks_of("java", OF_JAVA) == (
        Stack((Frame("Server.java", 12, "main"),), 0x554C, "runnable"),
        Stack((), 21839, "runnable"),
    )


@pytest.mark.parametrize("language", sorted(SIGNALS))
def test_a_print_of_something_else(language: str) -> None:
    assert stacks_of(language, "Listening on port 4221\n\tat home:12\n") == ()


def test_what_it_prints_is_bounded() -> None:
    lines = ['  File "x.py", line 1 in f\n'] * 1000
    printed = ("Thread 0x1 (most recent call first):\n" + "".join(lines)) * 1000
    found = stacks_of("python", printed)
    assert (len(found), len(found[0].frames)) == (500, 200)


def test_a_number_that_is_none() -> None:
    printed = 'Thread 0x1 (most recent call first):\n  File "x.py", line 99999999999999 in f\n'
    assert stacks_of("python", printed) == (Stack(()),)


def test_threads_that_have_no_stack() -> None:
    """A library has threads of its own: only the first one is known."""
    first, last = Stack((Frame("a", 1, "f"),)), Stack((Frame("b", 2, "g"),))
    assert numbered([first, last], [10, 11]) == {10: last, 11: first}
    assert numbered([first, last], [10, 11, 12]) == {10: last}
    assert numbered([], [10]) == {}
    assert numbered([Stack((), 7)], [10]) == {7: Stack((), 7)}


@pytest.mark.skipif(sys.platform != "linux", reason="threads are numbered as Linux does")
def test_python_names_the_line_of_each_thread(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(TWO_THREADS)
    environment = {"PYTHONFAULTHANDLER": "1"}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=-1, stderr=subprocess.STDOUT, env=environment
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        both = {"recvfrom", "futex"}
        until(lambda: {wait.call for wait in waits([program.pid])} == both, "two waits")
        found = waits([program.pid])
        program.send_signal(SIGNALS["python"])
        printed = program.stdout.read().decode()
    assert program.returncode == -signal.SIGABRT
    stacks = numbered(stacks_of("python", printed), [wait.number for wait in found])
    lines = {
        wait.call: [frame.line for frame in stacks[wait.number].frames if frame.path == str(script)]
        for wait in found
    }
    assert lines == {"recvfrom": [4], "futex": [8]}


@pytest.mark.skipif(shutil.which("go") is None, reason="there is no Go here")
def test_go_names_the_line_of_each_goroutine(tmp_path: Path) -> None:
    (tmp_path / "server.go").write_text(GO)
    program_file = tmp_path / "server"
    subprocess.run(["go", "build", "-o", program_file, "server.go"], cwd=tmp_path, check=True)
    with subprocess.Popen([program_file], stdout=-1, stderr=subprocess.STDOUT) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        until(lambda: all(wait.state == "S" for wait in waits([program.pid])), "sleep")
        program.send_signal(SIGNALS["go"])
        printed = program.stdout.read().decode()
    own = {
        stack.state: frame.line
        for stack in stacks_of("go", printed)
        for frame in stack.frames
        if frame.path.endswith("/server.go")
    }
    assert GO.splitlines().index("\tcase <-time.After(time.Hour):") + 1 in own.values(), printed


RUBY = """\
listening
server.rb:12:in `accept': Interrupt
\tfrom server.rb:12:in `serve'
\tfrom /usr/lib/ruby/3.1.0/net/x.rb:3:in `block in run'
\tfrom server.rb:20:in `<main>'
"""
"""By Ruby's eval_error.c (3.1): not kept from a running Ruby."""
RUBY_3_4 = RUBY.replace("`", "'").replace("in 'accept", "in 'TCPServer#accept")
RUBY_IN_COLOURS = RUBY.replace("Interrupt", "\x1b[1mInterrupt\x1b[m")
RUBY_WITH_A_MESSAGE = RUBY.replace("': Interrupt", "': stopped (Interrupt)")


@pytest.mark.parametrize("printed", [RUBY, RUBY_3_4, RUBY_IN_COLOURS, RUBY_WITH_A_MESSAGE])
def test_a_backtrace_of_ruby(printed: str) -> None:
    (stack,) = stacks_of("ruby", printed)
    assert [(frame.path, frame.line) for frame in stack.frames] == [
        ("server.rb", 12),
        ("server.rb", 12),
        ("/usr/lib/ruby/3.1.0/net/x.rb", 3),
        ("server.rb", 20),
    ]
    assert numbered([stack], [7, 8]) == {7: stack}, "of the first thread alone"


@pytest.mark.parametrize(
    "printed", ["", "bye\n", "server.rb:3:in `f': oops (KeyError)\n\tfrom x:1\n"]
)
def test_a_ruby_that_handles_the_signal_itself_says_nothing(printed: str) -> None:
    assert stacks_of("ruby", printed) == ()
