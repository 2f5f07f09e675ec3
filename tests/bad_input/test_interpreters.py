"""Programs whose interpreter or modules lie elsewhere: in installations, in virtual environments,
beside and above."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.isolation.removal import remove
from tests.bad_input.bench import Bench, free_port
from tests.hostile.examined import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = "/usr/bin/python3"
PATH = "/usr/local/bin:/usr/bin:/bin"
LEVEL_NAMES = ("bubblewrap", "namespaces", "network", "landlock", "plain")
AT_ITS_PATH = LEVEL_NAMES[:3]
UV = ".local/share/uv/python/cpython-3.11.9-linux-x86_64-gnu"
BASES = {
    "system": "",
    "pyenv": ".pyenv/versions/3.11.9",
    "uv": UV,
    "conda": "miniconda3",
    "other": "tools/python",
}
_NOT_COPIED = (
    "site-packages",
    "dist-packages",
    "test",
    "idlelib",
    "ensurepip",
    "lib2to3",
    "__pycache__",
    "config-*",
)

pytestmark = pytest.mark.skipif(not os.access(PYTHON, os.X_OK), reason=f"there is no {PYTHON}")


def levels(*names: str) -> pytest.MarkDecorator:
    """Each of them, and quickly on one."""
    marks = {name: () if name == "namespaces" else pytest.mark.slow for name in names}
    return pytest.mark.parametrize(
        "level", [pytest.param(name, marks=marks[name]) for name in names]
    )


@pytest.fixture(scope="module")
def installation() -> Iterator[Path]:
    """A Python that works wherever it is copied to."""
    place = Path(tempfile.mkdtemp(prefix="python-", dir="/var/tmp"))
    library = subprocess.check_output(
        [PYTHON, "-Ic", "import os; print(os.path.dirname(os.__file__))"], text=True
    ).strip()
    shutil.copytree(
        library, place / "lib" / Path(library).name, ignore=shutil.ignore_patterns(*_NOT_COPIED)
    )
    (place / "bin").mkdir()
    (place / "include").mkdir()
    shutil.copy(os.path.realpath(PYTHON), place / "bin" / Path(library).name)
    (place / "bin" / "python3").symlink_to(Path(library).name)
    place.chmod(0o755)
    yield place
    remove(place)


@pytest.fixture
def desk(level: str) -> Iterator[Bench]:
    """A bench that everybody can get to, whose home directory is its root."""
    if why := missing(level):
        pytest.skip(f"no {level} here: {why}")
    root, scratch = (
        Path(tempfile.mkdtemp(prefix="bench-", dir=base)) for base in ("/var/tmp", "/tmp")
    )
    for place in (root, scratch):
        place.chmod(0o755)
    bench = Bench(root, scratch, free_port(), level)
    bench.program("right.py")
    server = bench.place / "submission" / "server.py"
    server.write_text("import dependency\n" + (bench.place / "submission" / "right.py").read_text())
    yield bench
    for place in (root, scratch):
        remove(place)


def base_of(desk: Bench, installation: Path, base: str) -> Path:
    """An interpreter of this layout below the home directory; of uv by the name it uses, which is a
    link."""
    if not BASES[base]:
        return Path(PYTHON)
    place = desk.root / BASES[base]
    shutil.copytree(installation, place, symlinks=True, copy_function=os.link)
    if base != "uv":
        return place / "bin" / "python3"
    (named := place.with_name("cpython-3.11-linux-x86_64-gnu")).symlink_to(place.name)
    return named / "bin" / "python3"


def environment(place: Path, python: Path) -> Path:
    """A virtual environment with a package in it."""
    subprocess.run([python, "-m", "venv", "--without-pip", place], check=True, env={"PATH": PATH})
    packages = next(place.glob("lib/python3*/site-packages"))
    (packages / "dependency.py").write_text("import sys\nassert sys.prefix != sys.base_prefix\n")
    return place


def grade(desk: Bench, path: str = "submission", **more: str) -> None:
    desk.grade(path, expect=0, environment={"PATH": PATH, "HOME": str(desk.root), **more})


@pytest.mark.parametrize("base", BASES)
@levels(*LEVEL_NAMES)
def test_a_virtual_environment_in_the_submission(
    desk: Bench, level: str, installation: Path, base: str
) -> None:
    environment(desk.place / "submission" / ".venv", base_of(desk, installation, base))
    desk.write("submission/grade.yaml", "entry: [.venv/bin/python, server.py]\n")
    grade(desk)


@pytest.mark.parametrize("base", ["system", "uv"])
@levels(*LEVEL_NAMES)
def test_a_line_that_names_it(desk: Bench, level: str, installation: Path, base: str) -> None:
    environment(desk.place / "submission" / "env", base_of(desk, installation, base))
    desk.write("submission/grade.yaml", "entry: env/bin/python server.py\n")
    grade(desk)


@pytest.mark.parametrize("base", ["system", "uv"])
@levels(*AT_ITS_PATH)
def test_a_first_line_that_names_it(desk: Bench, level: str, installation: Path, base: str) -> None:
    """By its path: so not where the program runs in a copy at another one."""
    place = environment(
        desk.place / "submission" / "deep" / "er" / ".venv", base_of(desk, installation, base)
    )
    server = desk.place / "submission" / "server.py"
    desk.write("submission/your_program.sh", f"#!{place}/bin/python\n{server.read_text()}", 0o755)
    grade(desk)


@pytest.mark.parametrize("base", ["system", "uv"])
@pytest.mark.parametrize("where", ["envs/course", "place/env311", "place/venv"])
@levels(*LEVEL_NAMES)
def test_a_first_line_that_names_one_elsewhere(
    desk: Bench, level: str, installation: Path, base: str, where: str
) -> None:
    place = environment(desk.root / where, base_of(desk, installation, base))
    server = desk.place / "submission" / "server.py"
    desk.write("submission/your_program.sh", f"#!{place}/bin/python3\n{server.read_text()}", 0o755)
    grade(desk)


@levels(*LEVEL_NAMES)
def test_an_interpreter_that_the_user_names(desk: Bench, level: str, installation: Path) -> None:
    place = environment(desk.root / "envs" / "course", base_of(desk, installation, "uv"))
    run = ("--python", str(place / "bin" / "python"))
    desk.grade(
        "submission/server.py", *run, expect=0, environment={"PATH": PATH, "HOME": str(desk.root)}
    )
    grade(desk, "submission/server.py", PATH=f"{place}/bin:{PATH}")


@levels(*LEVEL_NAMES)
def test_a_directory_with_modules(desk: Bench, level: str) -> None:
    """And a file given alone sees its whole directory, too."""
    desk.write("submission/dependency.py", "from package import inner\n")
    desk.write(
        "submission/package/inner.py",
        "from pathlib import Path\nassert Path('table.json').read_text()\n",
    )
    desk.write("submission/table.json", "{}")
    grade(desk)
    grade(desk, "submission/server.py")


NODE = """
const dependency = require("dependency");
require("net").createServer(socket => {
  socket.on("error", () => {});
  socket.on("data", () => socket.write("HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n"));
}).listen(PORT, "127.0.0.1");
"""


@pytest.mark.skipif(not shutil.which("node", path=PATH), reason="there is no node")
@pytest.mark.parametrize("where", ["submission", "."])
@levels(*LEVEL_NAMES)
def test_packages_of_node(desk: Bench, level: str, where: str) -> None:
    if where == "." and level not in AT_ITS_PATH:
        pytest.skip("what lies above a program is not above its copy")
    desk.write(f"{where}/node_modules/dependency/index.js", "module.exports = 1;\n")
    desk.write("submission/server.js", NODE.replace("PORT", str(desk.port)))
    desk.write("submission/grade.yaml", "entry: node server.js\n")
    grade(desk)


GO = """
package main

import "net/http"

func main() {
	empty := func(w http.ResponseWriter, r *http.Request) {}
	http.ListenAndServe("127.0.0.1:PORT", http.HandlerFunc(empty))
}
"""


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("go", path=PATH), reason="there is no go")
@pytest.mark.parametrize("level", LEVEL_NAMES)
def test_go_builds_in_a_repository(desk: Bench, level: str) -> None:
    """It asks git about the repository, and fails where it finds an empty one."""
    directory = desk.place / "submission"
    desk.write("submission/go.mod", "module example.com/server\n\ngo 1.19\n")
    desk.write("submission/server.go", GO.replace("PORT", str(desk.port)))
    desk.write("submission/grade.yaml", "build: go build -o server .\nentry: ./server\n")
    subprocess.run(
        ["git", "init", "-q", directory], check=True, env={"PATH": PATH, "HOME": str(desk.root)}
    )
    grade(desk)
