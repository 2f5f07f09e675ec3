"""`grade completion`: a script that completes commands, options, stages and tracks.

The script has all the words in it: a TAB starts no process. It is made anew with each new shell.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.table import COMMANDS, DEFAULT, load
from grader.course import course_root, load_course

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class CompletionWords:
    """commands: by their names, what each does. options: of each command, and of the one that is
    meant where none is named. values: of an option, what can follow it. stages: of the course."""

    commands: Mapping[str, str]
    options: Mapping[str, Sequence[str]]
    values: Mapping[str, Sequence[str]]
    stages: Sequence[str]


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
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
    values |= {"--track": tracks, "--report": ["terminal", "json:", "html:", "brief:"]}
    found: dict[str, Sequence[str]] = {}
    for name in (*COMMANDS, DEFAULT):
        parameters = [it for it in load(name).params if isinstance(it, click.Option)]
        found[name] = sorted({"-h", "--help", *(w for it in parameters for w in _names(it))})
        for it in parameters:
            if isinstance(it.type, click.Choice):
                values |= {word: [*it.type.choices] for word in it.opts}
    does = {name: command.does for name, command in COMMANDS.items()}
    return CompletionWords(does, found, values, stages)


def _names(option: click.Option) -> list[str]:
    return [*option.opts, *option.secondary_opts]


def _bash(words: CompletionWords) -> str:
    values = "".join(
        f'    {name}) COMPREPLY=($(compgen -W "{" ".join(given)}" -- "$cur")); return ;;\n'
        for name, given in words.values.items()
    )
    of_commands = "".join(
        f'    {name}) options="{" ".join(given)}" ;;\n' for name, given in words.options.items()
    )
    return _BASH.format(
        values=values,
        options=of_commands,
        commands=" ".join(words.commands),
        stages=" ".join(words.stages),
        default=DEFAULT,
    )


def _zsh(words: CompletionWords) -> str:
    return f"autoload -U +X bashcompinit && bashcompinit\n{_bash(words)}"


def _fish(words: CompletionWords) -> str:
    own = "__fish_use_subcommand"
    lines = [
        f"complete -c grade -n {own} -a {name} -d {shlex.quote(does)}"
        for name, does in words.commands.items()
    ]
    lines.append(
        f"complete -c grade -n '__fish_seen_subcommand_from show' -f -a '{' '.join(words.stages)}'"
    )
    for name, given in words.options.items():
        when = own if name == DEFAULT else f"'__fish_seen_subcommand_from {name}'"
        lines += [f"complete -c grade -n {when} {_fish_option(it, words)}" for it in given]
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
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
  elif [ "$command" = show ]; then
    COMPREPLY=($(compgen -W "{stages}" -- "$cur"))
  elif [ "$command" = {default} ]; then
    COMPREPLY=($(compgen -f -- "$cur") $([ "$COMP_CWORD" = 1 ] && compgen -W "$commands" -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}}
complete -o filenames -F _grade grade
"""
