"""`--scheduler`: how the cluster of a class is reached, and what its workers have to be.

Dask unpickles what its peers send, and a pickle is a program. So whoever can connect to a scheduler
or a worker has all that these have: only TLS with certificates keeps others out. Without it there
is loopback, for a trial, where all programs of the machine can connect.
"""

from __future__ import annotations

import ipaddress
import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from grader.course import course_version
from grader.errors import MachineError, UsageError
from grader.isolation import LEVELS, Needs
from grader.jobs.class_screen import Concurrency
from grader.jobs.cluster.dask_machines import DaskMachines
from grader.jobs.cluster.executor_pool import ExecutorPool
from grader.jobs.cluster.sealed_job import Wanted, sealed
from grader.jobs.job import Job
from grader.jobs.room import Bounds
from grader.jobs.versions import grader_version
from grader.system.signals import held
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.isolation import IsolationLevel
    from grader.jobs.assignment import Assignment

_LEAST: Final = "network"
"""The weakest level that gives a network of its own, and hides the machine's files."""

_CONNECTING_S: Final = 15
_LOGGERS: Final = ("distributed", "distributed.client", "distributed.core", "distributed.comm")
_SETTINGS: Final = "DASK_DISTRIBUTED__COMM__TLS__"
_UNENCRYPTED: Final = (
    "Warning: the connection to the cluster is not encrypted. Every program on this machine can"
    " send it work: use it for a trial, and tls:// for everything else."
)


class Cluster(Value, frozen=True):
    """Machines that grade a class. notes: what is said of them before anything starts."""

    machines: DaskMachines
    wanted: Wanted
    notes: tuple[str, ...]

    def pool(self, assignment: Assignment) -> ExecutorPool:
        """What grades the class."""
        return ExecutorPool(
            self.machines, self.wanted, limit_s=_limit_s(assignment), most=assignment.whole.jobs
        )

    def concurrency(self, assignment: Assignment, place: Path) -> Concurrency:
        """How many at a time, by the weakest level that there is among them."""
        names = [*LEVELS]
        weakest = max(self.machines.fit.values(), key=lambda it: names.index(it.level))
        level: IsolationLevel = LEVELS[weakest.level](place, Needs())
        level.weaknesses = weakest.weaknesses
        count = min(self.machines.at_once, assignment.whole.jobs or self.machines.at_once)
        port = assignment.settings.port or assignment.stages[0].launch.port
        return Concurrency(Bounds(count, count), level, assignment.settings.sandbox, port)


@contextmanager
def connected(assignment: Assignment) -> Iterator[Cluster]:
    """The cluster of this class, whose workers have looked around. Raises `UsageError` and
    `MachineError`."""
    address = assignment.whole.scheduler or ""
    is_encrypted = _checked(address)
    wanted = _wanted(assignment)
    client = _client(address, encrypted=is_encrypted)
    try:
        sample = sealed(_any_job(assignment), wanted, _limit_s(assignment))
        notes: list[str] = []
        machines = DaskMachines(client, sample, notes.append)
        machines.open()
        notes.insert(0, f"cluster: {address}, {counted(len(machines.fit), 'worker')}")
        yield Cluster(machines, wanted, (*notes, *([] if is_encrypted else [_UNENCRYPTED])))
    finally:
        with held():
            client.close()


def _checked(address: str) -> bool:
    """Whether it is encrypted. Raises `UsageError` for an address that is not safe to use."""
    parts = urlsplit(address)
    with suppress(ValueError):
        if parts.hostname and parts.port and parts.scheme == "tls":
            return True
        if parts.hostname and parts.port and parts.scheme == "tcp":
            if _is_loopback(parts.hostname):
                return False
            raise UsageError(
                f"--scheduler {address}: a cluster on the network needs TLS, as in"
                f" tls://{parts.hostname}:{parts.port}"
            )
    raise UsageError("--scheduler needs an address such as tls://HOST:8786")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wanted(assignment: Assignment) -> Wanted:
    sandbox = assignment.settings.sandbox
    least = _LEAST if sandbox == "auto" else sandbox
    names = [*LEVELS]
    if least not in names or names.index(least) > names.index(_LEAST):
        raise UsageError(
            f"--sandbox {sandbox} does not work with --scheduler: a submission that shares the"
            " network of a worker could reach the cluster"
        )
    root = assignment.course.root
    return Wanted(grader_version(root), course_version(root), least)


def _limit_s(assignment: Assignment) -> float:
    return assignment.whole.limit_s(assignment.settings.timeout_scale)


def _any_job(assignment: Assignment) -> Job:
    return Job(
        course=str(assignment.course.root),
        stages=tuple(stage.slug for stage in assignment.stages),
        submission="",
        settings=assignment.settings,
        python=assignment.python,
    )


def _client(address: str, *, encrypted: bool) -> Any:  # noqa: ANN401  (distributed.Client)
    try:
        from distributed import Client, Security
    except ImportError as error:
        raise UsageError(
            "--scheduler needs dask.distributed: pip install 'stage-grader[cluster]'"
        ) from error
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong, we say
    security = Security(require_encryption=True) if encrypted else None
    if security is not None:
        _require_certificates(security)
    try:
        with held():  # its threads leave our signals to us
            return Client(
                address, security=security, timeout=_CONNECTING_S, set_as_default=False,
                name="grade",
            )  # fmt: skip
    except (OSError, ValueError) as error:
        raise MachineError(f"cannot connect to the scheduler {address}: {error}") from error


def _require_certificates(security: Any) -> None:  # noqa: ANN401
    asked = {"CA_FILE": security.tls_ca_file, "CLIENT__CERT": security.tls_client_cert,
             "CLIENT__KEY": security.tls_client_key}  # fmt: skip
    if absent := [f"{_SETTINGS}{name}" for name, value in asked.items() if not value]:
        raise UsageError(
            f"--scheduler tls:// needs certificates: set {', '.join(absent)}, or the same in"
            " ~/.config/dask"
        )
