"""`grade` as a group of commands that are imported when they are used; without the name of one of
them, a submission is graded.

The group reads the options that every command may have, as far as they stand before the command.
What it does not know is left to the command, which is then the one that grades: `grade --stage 5
x.py` begins with an option of that command. What was read reaches the command as the default of
its option of the same name (click's `default_map`), so that the option can stand on either side.
"""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from grader import __version__
from grader.commands import options
from grader.commands.options_file import defaults_from_file, is_of_a_teacher
from grader.commands.table import COMMANDS, DEFAULT, HELP, load
from grader.commands.typo import require_no_typo
from grader.errors import UsageError
from grader.text.nearest import did_you_mean


class LazyGroup(click.Group):
    """The commands of the table."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        return load(cmd_name) if cmd_name in COMMANDS else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Words after `--` are a program's own command, and become the context's object."""
        cut = args.index("--") if "--" in args else len(args)
        ctx.obj = tuple(args[cut + 1 :])
        # Not as a group does, which refuses a command line without the name of a command.
        return click.Command.parse_args(self, ctx, args[:cut])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names, else the one that grades."""
        if args[:1] == [HELP] and not ctx.obj:
            return self._helped(args[1:])
        named = COMMANDS.get(args[0]) if args else None
        if named is None or (ctx.obj and not named.takes_program):  # a program of that name, then
            if args and not ctx.obj:
                require_no_typo(args[:1])
            return None, load(DEFAULT), args
        return args[0], self.get_command(ctx, args[0]), args[1:]

    def _helped(self, words: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """`grade help` is `grade --help`, and `grade help COMMAND` is `grade COMMAND --help`."""
        if not words:
            return None, load(DEFAULT), ["--help"]
        if words[0] not in COMMANDS:
            close = did_you_mean(words[0], COMMANDS) or f"; there are {', '.join(COMMANDS)}"
            raise UsageError(f"there is no command {words[0]!r}{close}")
        return words[0], load(words[0]), ["--help"]

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (as in click)
        """Run the command with what was given before it; what it returns."""
        before = {
            name: value
            for name, value in ctx.params.items()
            if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
        }
        name, command, words = self.resolve_command(ctx, ctx.args)
        assert command is not None
        path = f"{ctx.info_name} {name}" if name else ctx.info_name
        with self._inner(ctx, path or "", command, words, before) as inner:
            return command.invoke(inner)

    def _inner(
        self,
        ctx: click.Context,
        path: str,
        command: click.Command,
        words: list[str],
        before: dict[str, Any],
    ) -> click.Context:
        """The command's own context. Its defaults are what was given before it, then what a file
        in this directory has."""

        def made(defaults: dict[str, Any]) -> click.Context:
            return command.make_context(
                path, [*words], obj=ctx.obj, default_map=defaults,
                help_option_names=["-h", "--help"],
            )  # fmt: skip

        inner = made(before)
        if is_of_a_teacher(inner.params):
            return inner
        said, found = defaults_from_file(command, ctx)
        if not found:
            return inner
        click.echo(f"grade: {said}", err=True)
        return made({**found, **before})


@click.group(
    cls=LazyGroup,
    add_help_option=False,  # the help is that of the command that grades
    no_args_is_help=False,
    context_settings={"ignore_unknown_options": True},
)
@options.COURSE
@options.VERBOSE
@options.NO_COLOR
@click.version_option(__version__, prog_name="grade")
def command_line(**_: object) -> None:
    """All of `grade`."""
