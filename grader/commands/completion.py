"""`grade completion`: a script that completes commands, options, stages and tracks.

The script has all the words in it: a TAB starts no process. It is made anew with each new shell.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

import click

from grader.commands import options
from grader.commands.selection import EVERY_TRACK
from grader.commands.table import COMMANDS, DEFAULT, HELP, load
from grader.course import course_root, load_course
from grader.reporters import REPORTERS
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


_SHELLS: Final = ("bash", "zsh", "fish")


class CompletionWords(Value, frozen=True):
    """commands: by their names, what each does. options: of each command, and of the one that is
    meant where none is named. values: of an option, what can follow it. arguments: of a command
    that takes no file."""

    commands: Mapping[str, str]
    options: Mapping[str, Sequence[str]]
    values: Mapping[str, Sequence[str]]
    arguments: Mapping[str, Sequence[str]]


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@options.COURSE
def completion(shell: str, course: Path | None) -> int:
    """Print a script that completes commands, options, stages and tracks in SHELL.

    For bash, put this line into ~/.bashrc: eval "$(grade completion bash)"
    For zsh, into ~/.zshrc after compinit: eval "$(grade completion zsh)"
    For fish: grade completion fish > ~/.config/fish/completions/grade.fish
    """
    click.echo(_SCRIPTS[shell](words_of(course or course_root())), nl=False)
    return 0


def words_of(root: Path) -> CompletionWords:
    """All that can be completed."""
    loaded = load_course(root, only=())
    stages = [stage.slug for stage in loaded.stages]
    tracks = [track.slug for track in loaded.tracks]
    values: dict[str, Sequence[str]] = dict.fromkeys(("--stage", "--up-to"), stages)
    values |= {
        "--track": [*tracks, EVERY_TRACK],
        "--report": ["terminal", *(f"{name}:" for name in REPORTERS if name != "terminal")],
    }
    found: dict[str, Sequence[str]] = {}
    for name in (*COMMANDS, DEFAULT):
        parameters = [it for it in load(name).params if isinstance(it, click.Option)]
        found[name] = sorted({"-h", "--help", *(w for it in parameters for w in _names(it))})
        for it in parameters:
            if isinstance(it.type, click.Choice):
                values |= {word: [*it.type.choices] for word in it.opts}
    does = {name: command.does for name, command in COMMANDS.items()}
    does[HELP] = "say more of a command"
    arguments = {"show": stages, "completion": _SHELLS, HELP: [*COMMANDS]}
    return CompletionWords(does, found, values, arguments)


def _names(option: click.Option) -> list[str]:
    return [*option.opts, *option.secondary_opts]


def _bash(words: CompletionWords) -> str:
    return _BASH.format(
        values=_cases(words.values, '_grade_offer "{words}"; return'),
        options=_cases(words.options, 'options="{words}"'),
        arguments=_cases(words.arguments, '_grade_offer "{words}"; return'),
        commands=" ".join(words.commands),
        default=DEFAULT,
    )


def _zsh(words: CompletionWords) -> str:
    described = (f"{name}:{does}" for name, does in words.commands.items())
    return _ZSH.format(
        values=_cases(words.values, "_grade_offer {words}; return"),
        options=_cases(words.options, "options=({words})"),
        arguments=_cases(words.arguments, "_grade_offer {words}; return"),
        commands=" ".join(words.commands),
        described=" ".join(shlex.quote(one) for one in described),
        default=DEFAULT,
    )


def _cases(words: Mapping[str, Sequence[str]], then: str) -> str:
    """The cases of a `case` of bash or zsh."""
    return "".join(
        f"    {name}) {then.format(words=' '.join(given))} ;;\n" for name, given in words.items()
    )


def _fish(words: CompletionWords) -> str:
    none_named = f"not __fish_seen_subcommand_from {' '.join(words.commands)}"
    lines = [
        f"complete -c grade -n 'test (count (commandline -opc)) -eq 1' -a {name}"
        f" -d {shlex.quote(does)}"
        for name, does in words.commands.items()
    ]
    for name, given in words.arguments.items():
        when = f"__fish_seen_subcommand_from {name}"
        lines.append(f"complete -c grade -n {when!r} -f -a '{' '.join(given)}'")
    for name, given in words.options.items():
        when = none_named if name == DEFAULT else f"__fish_seen_subcommand_from {name}"
        lines += [f"complete -c grade -n {when!r} {_fish_option(it, words)}" for it in given]
    return "\n".join(lines) + "\n"


def _fish_option(name: str, words: CompletionWords) -> str:
    kind = "-l" if name.startswith("--") else "-s"
    values = words.values.get(name)
    return f"{kind} {name.lstrip('-')}" + (f" -x -a '{' '.join(values)}'" if values else "")


_SCRIPTS: Mapping[str, Callable[[CompletionWords], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}

_BASH = """\
_grade_offer() {{
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
  if [[ "${{COMPREPLY[0]}}" == *: ]]; then compopt -o nospace 2>/dev/null; fi
}}
_grade() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
  local word command={default} options commands="{commands}"
  if [ "$cur" = "=" ]; then cur=""; fi
  if [ "$before" = "=" ]; then before="${{COMP_WORDS[COMP_CWORD-2]}}"; fi
  case "$before" in
{values}  esac
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case " $commands " in *" $word "*) command="$word"; break ;; esac
  done
  case "$command" in
{options}  esac
  if [[ "$cur" == -* ]]; then _grade_offer "$options"; return; fi
  case "$command" in
{arguments}  esac
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  if [ "$COMP_CWORD" = 1 ]; then COMPREPLY+=($(compgen -W "$commands" -- "$cur")); fi
}}
complete -o filenames -F _grade grade
"""

_ZSH = """\
_grade_offer() {{
  compadd -S '' -- "${{(M)@:#*:}}"
  compadd -- "${{@:#*:}}"
}}
_grade() {{
  local cur="${{words[CURRENT]}}" before="${{words[CURRENT-1]}}" word command={default}
  local -a options commands described
  commands=({commands})
  described=({described})
  if [[ "$cur" == --*=* ]]; then before="${{cur%%=*}}"; compset -P '*='; fi
  case "$before" in
{values}  esac
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    if (( ${{commands[(Ie)$word]}} )); then command="$word"; break; fi
  done
  case "$command" in
{options}  esac
  if [[ "$cur" == -* ]]; then _grade_offer $options; return; fi
  case "$command" in
{arguments}  esac
  if (( CURRENT == 2 )); then _describe -t commands command described; fi
  _files
}}
compdef _grade grade
"""
