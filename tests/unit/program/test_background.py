"""Which line of a source file puts the program into the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.program.background import background_line
from grader.program.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("suffix", "text", "line"),
    [
        (".py", "import os\nif os.fork():\n    sys.exit(0)\n", 2),
        (".py", "pid = os.fork()\nif pid > 0:\n    os._exit(0)\n", 1),
        (".py", "try:\n    pid = os.fork()\n    if pid:\n        return\n", 2),
        (".py", "with daemon.DaemonContext():\n    serve()\n", 1),
        (".py", "Popen(command, start_new_session=True)\n", 1),
        (".c", "int main(void)\n{\n    if (daemon(0, 0) < 0) return 1;\n", 3),
        (".c", "if (fork()) exit(0);\n", 1),
        (".c", "pid_t pid = fork();\nif (pid < 0) exit(1);\nif (pid > 0) {\n  exit(0);\n", 1),
        (".c", "if ((pid = fork()) > 0) _exit(0);\n", 1),
        (".mjs", "spawn(path, [], { detached: true });\n", 1),
        (".go", "cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}\n", 1),
        (".rb", "Process.daemon(true)\n", 1),
        # a process for each client
        (".py", "if os.fork() == 0:\n    serve()\n    os._exit(0)\n", None),
        (".py", "if not os.fork():\n    sys.exit(serve())\n", None),
        (".py", "pid = os.fork()\nif pid == 0:\n    os._exit(0)\n", None),
        (".c", "if (!fork()) { handle(client); exit(0); }\n", None),
        (".c", "pid = fork();\nif (pid == 0) { handle(client); exit(0); }\n", None),
        (".c", "// daemon(1, 1);\nint daemonise(void);\n", None),
        (".py", "# if os.fork(): os._exit(0)\nThread(target=serve, daemon=True).start()\n", None),
        (".txt", "daemon(1, 1)", None),
    ],
)
def test_the_line(suffix: str, text: str, line: int | None) -> None:
    assert background_line(text, suffix) == line


def test_it_is_looked_for_in_what_the_program_sees(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "server.py").write_text("import src.start\n")
    (tmp_path / "src" / "start.py").write_text("if os.fork():\n    sys.exit()\n")
    found = Sources(tmp_path, tmp_path).background()
    assert str(found) == "src/start.py:1"
    assert Sources(tmp_path, tmp_path, "server.py").background() is None
    assert Sources(tmp_path / "gone", tmp_path).background() is None
