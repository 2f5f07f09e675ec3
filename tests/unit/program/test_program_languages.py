"""How a program in any language is started: by its suffix, or by its directory. The tools are fakes
on PATH, so that it does not matter which this machine has."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import MachineError, NotGraded
from grader.program.find import find
from grader.program.languages import has_main
from grader.program.start_command import BUILT

Put = Callable[..., Path]
OLD_NODE = '#!/bin/sh\n[ "$1" != --experimental-strip-types ]\n'
MAINS = {
    ".c": "int main(void) {}",
    ".cpp": "int main() {}",
    ".go": "package main\nfunc main() {}",
    ".rs": "fn main() {}",
    ".java": "package a.b;\nclass server { static void main(String[] a) {} }",
    ".kt": "fun main() {}",
}


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """A file below a directory that is the current one."""
    (place := tmp_path / "mine").mkdir()
    monkeypatch.chdir(place)

    def make(name: str, content: str = "", mode: int = 0o644) -> Path:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        path.chmod(mode)
        return path

    return make


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Nothing but these is on PATH."""
    (folder := tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def have(*names: str, script: str = "#!/bin/sh\n") -> Path:
        for name in names:
            (folder / name).write_text(script)
            (folder / name).chmod(0o755)
        return folder

    return have


@pytest.mark.parametrize(
    ("name", "here", "words"),
    [
        ("server.js", ["node", "bun"], ["node"]),
        ("server.mjs", ["bun"], ["bun", "run"]),
        ("server.cjs", ["node"], ["node"]),
        ("server.rb", ["ruby"], ["ruby"]),
        ("server.php", ["php"], ["php"]),
        ("server.pl", ["perl"], ["perl"]),
        ("server.ts", ["bun", "deno"], ["bun", "run"]),
        ("server.ts", ["deno"], ["deno", "run", "--allow-all", "--unstable-bare-node-builtins"]),
        ("server.ts", ["node"], ["node", "--experimental-strip-types", "--no-warnings"]),
    ],
)
@pytest.mark.parametrize("mode", [0o644, 0o755])
def test_a_source_file_is_run_by_its_interpreter(
    put: Put, tools: Callable[..., Path], name: str, here: list[str], words: list[str], mode: int
) -> None:
    folder, file = tools(*here), put(name, "x", mode)
    found = find(name, [])
    assert found.command == (str(folder / words[0]), *words[1:], str(file))
    assert (found.program, found.named, found.build) == (name, (str(folder / words[0]),), None)


@pytest.mark.parametrize(
    ("content", "tool"),
    [("Deno.serve()", "deno"), ("Bun.serve()", "bun"), ("import 'net'", "bun")],
)
def test_typescript_is_run_by_what_it_asks_for(
    put: Put, tools: Callable[..., Path], content: str, tool: str
) -> None:
    tools("bun", "deno")
    folder = tools("node", script=OLD_NODE)  # which cannot
    put("server.ts", content)
    assert find("server.ts", []).command[0] == str(folder / tool)


def test_an_executable_with_a_first_line_is_started_by_itself(
    put: Put, tools: Callable[..., Path]
) -> None:
    tools("node")
    file = put("server.js", "#!/bin/sh\n", 0o755)
    assert find("server.js", []).command == (str(file),)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("server.rb", "ruby is not on this machine, and server.rb needs it: install ruby"),
        ("server.go", "go is not on this machine, and server.go needs it: install go"),
        ("server.js", "server.js needs node, bun or deno: install one of them"),
        ("server.ts", r"server.ts needs node \(22.6 or newer\), bun or deno: install one"),
        ("server.c", "server.c needs cc, gcc or clang: install one of them"),
        ("server.kt", "kotlinc is not on this machine"),
    ],
)
def test_what_is_missing_is_the_fault_of_the_machine(
    put: Put, tools: Callable[..., Path], name: str, sentence: str
) -> None:
    tools()
    put(name)
    with pytest.raises(MachineError, match=sentence):
        find(name, [])


@pytest.mark.parametrize(
    ("suffix", "tool", "build", "run"),
    [
        (".c", "cc", f"-O1 -g -Wall -pthread -o {BUILT}/program FILE -lm", ""),
        (".cpp", "c++", f"-std=c++20 -O1 -g -Wall -pthread -o {BUILT}/program FILE -lm", ""),
        (".go", "go", f"build -buildvcs=false -o {BUILT}/program FILE", ""),
        (
            ".rs",
            "rustc",
            f"--edition 2021 -O -g --crate-name program -o {BUILT}/program FILE",
            "",
        ),
        (".java", "javac", f"-g -encoding UTF-8 -d {BUILT}/program FILE", "-cp OUT a.b.server"),
        (".kt", "kotlinc", f"FILE -include-runtime -d {BUILT}/program.jar", "-jar OUT.jar"),
    ],
)
def test_a_source_file_is_compiled_once(
    put: Put, tools: Callable[..., Path], suffix: str, tool: str, build: str, run: str
) -> None:
    folder = tools(tool, "java")
    file = put(f"server{suffix}", MAINS[suffix])
    found = find(f"server{suffix}", [])
    out = file.parent / BUILT / "program"
    assert found.build is not None
    assert found.build.command[4:] == (
        str(folder / tool),
        *build.replace("FILE", file.name).split(),
    )
    assert found.build.command[2] == f'rm -rf {BUILT} && mkdir {BUILT} && exec "$@"'
    if run:
        words = [str(folder / "java"), *run.replace("OUT", str(out)).split()]
    else:
        words = ["/bin/sh", "-c", 'exec "$0" "$@"', str(out)]
    assert found.command == tuple(words)
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


@pytest.mark.parametrize(
    ("name", "word"),
    [("-o.c", "./-o.c"), ("@list.c", "./@list.c"), ("a b;$(x).c", "a b;$(x).c"), ("é.c", "é.c")],
)
def test_a_name_of_odd_characters_is_one_word(
    put: Put, tools: Callable[..., Path], name: str, word: str
) -> None:
    tools("cc")
    put(name, MAINS[".c"])
    found = find(f"./{name}", [])
    assert found.build is not None
    assert word in found.build.command


# --- directories ----------------------------------------------------------------------------------


def test_a_directory_is_compiled_with_the_files_in_which_no_program_begins(
    put: Put, tools: Callable[..., Path]
) -> None:
    tools("cc")
    put("server.c", MAINS[".c"])
    put("http.c", "int parse(void) { return 0; }")
    put("try.c", MAINS[".c"])
    whole, alone = find(None, []), find("server.c", [])
    assert whole.build
    assert alone.build
    assert whole.build.command[-3:] == ("server.c", "http.c", "-lm")
    assert alone.build.command[-2:] == ("server.c", "-lm")
    assert (whole.path, whole.program) == ("server.c", "server.c")


@pytest.mark.parametrize(
    ("files", "command"),
    [
        ({"package.json": '{"scripts": {"start": "node x.js"}}'}, 'exec node x.js "$@"'),
        (
            {"package.json": '{"scripts": {"start": "tsx x.ts"}}', "node_modules/.bin/tsx": ""},
            'exec ./node_modules/.bin/tsx x.ts "$@"',
        ),
        (
            {"package.json": '{"scripts": {"start": "nodemon x.js"}}', "app.js": ""},
            "{here}/app.js",
        ),
        ({"package.json": '{"scripts": {"start": "nodemon x.js"}}'}, 'nodemon x.js "$@"'),
        ({"package.json": '{"main": "lib/x.js"}', "lib/x.js": ""}, "{here}/lib/x.js"),
        ({"package.json": "[", "index.js": ""}, "{here}/index.js"),
        ({"package.json": "{}", "index.js": ""}, "{here}/index.js"),
        ({"go.mod": "module x", "app/s.go": MAINS[".go"]}, f"{{here}}/{BUILT}/program"),
        ({"go.mod": "module x", "cmd/s/s.go": MAINS[".go"]}, f"{{here}}/{BUILT}/program"),
        ({"Cargo.toml": '[package]\nname = "web"'}, f"{{here}}/{BUILT}/release/web"),
        ({"Cargo.toml": "[[bin]]\nname = 'b'"}, f"{{here}}/{BUILT}/release/b"),
        ({"app/index.js": "", "notes.txt": ""}, "{here}/app/index.js"),
        ({"src/main.rs": MAINS[".rs"]}, f"{{here}}/{BUILT}/program"),
        ({"http.js": ""}, "{here}/http.js"),
        ({"server.c": "", "notes.txt": ""}, f"{{here}}/{BUILT}/program"),
        ({"http.c": MAINS[".c"], "other.c": "int x;"}, f"{{here}}/{BUILT}/program"),
    ],
)
def test_what_starts_in_a_directory(
    put: Put, tools: Callable[..., Path], files: dict[str, str], command: str
) -> None:
    tools("node", "go", "cargo", "rustc", "cc")
    for name, content in files.items():
        put(name, content)
    words = [word for word in find(".", []).command if word != "sh"]
    assert words[-1] == command.format(here=Path.cwd())


def test_a_script_of_pyproject_is_started_as_its_installation_would(put: Put) -> None:
    put("pyproject.toml", "[project.scripts]\nserve = 'web.app:main.run'")
    put("src/web/app.py")
    words = find(".", []).command
    assert "import_module('web.app').main.run()" in words[2]


@pytest.mark.parametrize("value", ["1", "'os:system; x'", "''", "':main'", "'a:b(1)'", "[]", "'a'"])
def test_a_script_of_pyproject_that_is_none(put: Put, value: str) -> None:
    put("pyproject.toml", f"[project.scripts]\nserve = {value}")
    with pytest.raises(NotGraded, match="this directory has no program to start"):
        find(".", [])


def test_several_programs_are_named(put: Put, tools: Callable[..., Path]) -> None:
    tools("node")
    for name in ("b.js", "a.js"):
        put(f"two/{name}")
    sentence = "two has several programs: a.js, b.js; name the one to grade, such as two/a.js"
    with pytest.raises(NotGraded, match=sentence):
        find("two", [])


def test_a_course_is_no_program(put: Put) -> None:
    """The checkout of the grader itself is one, and installs a script."""
    put("stages.yaml")
    put("pyproject.toml", "[project.scripts]\ngrade = 'grader.__main__:main'")
    with pytest.raises(NotGraded, match="this directory is a course, not a program: name yours"):
        find(None, [])


RUN = "run: server out/x.o\n\t./server $(ARGS)\n"


@pytest.mark.parametrize(
    ("makefile", "build", "says"),
    [
        (RUN, ("{make}", "server", "out/x.o"), "make server out/x.o"),
        ("run:: server # all of it\n\t./server ${ARGS}", ("{make}", "server"), "make server"),
        ("OBJ = x.o\nrun: $(OBJ)\n\t./server $(ARGS)", None, ""),
        ("run:\n\t./server $(ARGS)", None, ""),
        ("run: -fother A=1\n\t./server $(ARGS)", None, ""),
    ],
)
def test_a_makefile_that_passes_the_arguments_on(
    put: Put, tools: Callable[..., Path], makefile: str, build: tuple[str, ...] | None, says: str
) -> None:
    make = str(tools("make") / "make")
    put("Makefile", makefile)
    put("server.c", "int main(void) {}")
    found = find(None, [])
    assert found.command[2] == 'exec make --no-print-directory run ARGS="$*"'
    assert (found.path, found.starts) == (".", "make run")
    expected = tuple(word.format(make=make) for word in build) if build else None
    assert (found.build.command if found.build else None) == expected
    assert (found.build.says if found.build else "") == says


@pytest.mark.parametrize(
    "makefile", ["run:\n\t./server", "run := $(ARGS)", "all: run\n\tx $(ARGS)"]
)
def test_a_makefile_that_does_not_say_how_it_is_started(
    put: Put, tools: Callable[..., Path], makefile: str
) -> None:
    tools("make", "cc")
    put("Makefile", makefile)
    why = "whose run target does not use" if makefile.startswith("run:\n") else "no program to"
    with pytest.raises(NotGraded, match=why):
        find(".", [])
    put("server.c", "int main(void) {}")
    assert find(".", []).program == "server.c"


@pytest.mark.parametrize("name", ["server.js", "package.json", "http.js", "Makefile"])
def test_no_link_leads_out_of_the_directory(
    put: Put, tools: Callable[..., Path], name: str, tmp_path: Path
) -> None:
    tools("node")
    (tmp_path / "others.js").write_text('{"scripts": {"start": "node x"}}')
    put("x.txt").with_name(name).symlink_to(tmp_path / "others.js")
    with pytest.raises(NotGraded, match="no program to start"):
        find(".", [])


def test_a_link_that_leads_to_itself(put: Put) -> None:
    os.symlink("loop1", put("x").with_name("loop1"))
    with pytest.raises(NotGraded, match="loop1 is a link to loop1, and there is no such file"):
        find("loop1", [])


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("entry: server.bin --fast\nbuild: make", 'exec ./server.bin --fast "$@"'),
        ("entry: run.sh --fast", 'exec ./run.sh --fast "$@"'),
        ("entry: cargo run\nbuild: make", 'cargo run "$@"'),
        ("entry: cd app\nbuild: make", 'cd app "$@"'),
    ],
)
def test_a_program_of_the_directory_needs_no_dot(
    put: Put, tools: Callable[..., Path], entry: str, line: str
) -> None:
    tools()
    put("run.sh", "#!/bin/sh\n", 0o755)
    put("grade.yaml", entry)
    assert find(".", []).command[2] == line


@pytest.mark.parametrize("name", ["server.kt", "server.java"])
def test_a_source_of_empty_lines_is_read_at_once(
    put: Put, tools: Callable[..., Path], name: str
) -> None:
    """A pattern that begins anew at each empty line would take minutes."""
    tools("kotlinc", "javac", "java")
    file = put(name, "\n" * (1 << 18) + MAINS[Path(name).suffix])
    assert find(str(file), []).build is not None
    assert not has_main(put("other.kt", "\n" * (1 << 18)))


@pytest.mark.parametrize("main", ["../mine/x.js", "/proc/self/cwd/x.js", "x.js"])
def test_a_main_file_is_named_inside_the_directory(
    put: Put, tools: Callable[..., Path], main: str
) -> None:
    tools("node")
    put("package.json", f'{{"main": "{main}"}}')
    put("x.js")
    assert find(".", []).program == "x.js"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("package.json", '{"scripts": {"start": "node \\ud800"}, "main": "\\ud800"}'),
        ("grade.yaml", 'entry: "node \\ud800"'),
        ("grade.yaml", 'entry: [node, "\\ud800"]'),
    ],
)
def test_a_word_that_no_program_can_be_given(put: Put, name: str, content: str) -> None:
    put(name, content)
    with pytest.raises(NotGraded, match=r"no program to start|'entry' must be a command"):
        find(".", [])
