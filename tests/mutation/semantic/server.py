"""A right server of which one step has a fault: `python -m tests.mutation.semantic.server STEP
FAULT --directory D`."""

from __future__ import annotations

import importlib
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from tests.mutation.semantic.steps import STEPS, Server

SUBMISSIONS: Final = Path(__file__).parents[2] / "submissions"


def right_server() -> type[Server]:
    """The class of the right server: each of its steps is a method."""
    if str(SUBMISSIONS) not in sys.path:
        sys.path.insert(0, str(SUBMISSIONS))
    found: type[Server] = importlib.import_module("hardened_server").HardenedServer
    return found


def faulty_server(step: str, fault: str) -> type[Server]:
    """The same with the fault in the step. Raises KeyError when there is no such step or fault."""
    server, found = right_server(), {one.id: one for one in STEPS}[step]
    return type(
        "FaultyServer",
        (server,),
        {found.name: found.with_fault(fault, getattr(server, found.name))},
    )


def serve(step: str = "", fault: str = "") -> None:
    """Serve with the fault; without one when no step is named."""
    server = faulty_server(step, fault) if step else right_server()
    server.main()


def main() -> None:
    """Serve with the fault that the command line names; what follows it is the server's own."""
    parser = ArgumentParser(prog="python -m tests.mutation.semantic.server", description=__doc__)
    faults = {step.id: tuple(step.faults) for step in STEPS}
    parser.add_argument("step", choices=faults, metavar="STEP", help=", ".join(faults))
    parser.add_argument(
        "fault", metavar="FAULT", help="one that fits the step; another word lists them"
    )
    asked, sys.argv[1:] = parser.parse_known_args()
    if asked.fault not in faults[asked.step]:
        parser.error(f"the faults of {asked.step} are {', '.join(faults[asked.step])}")
    serve(asked.step, asked.fault)


if __name__ == "__main__":
    main()
