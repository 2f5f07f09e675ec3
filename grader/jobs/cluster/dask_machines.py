"""The workers of a Dask cluster as machines that grade.

How it works. Every worker is asked to look around before its first job (`look_around`); only who is
fit is named when a job is sent. Dask chooses among these, and sends the job of a worker that dies
to another one. It does not know what to do where all that were named are gone: then we send the job
again, to those that are fit by now. A worker that comes later is asked as well.
"""

from __future__ import annotations

import time
import warnings
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import TYPE_CHECKING, Any, Final

from grader.errors import MachineError
from grader.jobs.cluster.grade_one import grade_one, look_around
from grader.text.escape import printable
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.jobs.cluster.sealed_job import SealedDone, SealedJob

_Look = Future[tuple[str, str, tuple[str, ...]]]
_LOOK_S: Final = 1.0


class FitWorker(Value, frozen=True):
    """A worker that may grade: by which level, and so many at a time."""

    level: str
    weaknesses: tuple[str, ...]
    threads: int


class DaskMachines:
    """client: a `distributed.Client`. sample: any job of the class. tell: says a sentence to who
    runs the class. patience_s: how long a class waits for a worker where it has none."""

    def __init__(
        self,
        client: Any,  # noqa: ANN401
        sample: SealedJob,
        tell: Callable[[str], None],
        patience_s: float = 60.0,
    ) -> None:
        self._client = client
        self._sample = sample
        self.tell = tell
        self._patience_s = patience_s
        self._looks: dict[str, _Look] = {}
        self._refused: dict[str, str] = {}
        self._given_to: dict[Future[SealedDone], frozenset[str]] = {}
        self.fit: dict[str, FitWorker] = {}

    @property
    def at_once(self) -> int:
        """How many jobs can be done at a time."""
        return sum(worker.threads for worker in self.fit.values())

    def open(self) -> None:
        """Wait for the first workers, and until each has looked around. Raises `MachineError` where
        none may grade."""
        self.look()
        self._wait_for_one()
        wait(self._looks.values(), self._patience_s)
        self.look()

    def begin(self, job: SealedJob) -> Future[SealedDone]:
        """Have it done by one of the fit workers. Raises `MachineError`."""
        self._wait_for_one()
        try:
            future: Future[SealedDone] = self._executor([*self.fit]).submit(grade_one, job)
        except Exception as error:  # Dask's own, of a connection that has just been lost
            raise MachineError(f"the cluster takes no work: {error}") from error
        self._given_to[future] = frozenset(self.fit)
        return future

    def is_lost(self, future: Future[SealedDone]) -> bool:
        """Whether none of those that it was given to is left."""
        return not self._given_to.get(future, frozenset()) & self.fit.keys()

    def look(self) -> None:
        """Find out who has come and who has gone."""
        if (found := self._workers()) is None:
            return
        for address in [*self.fit, *self._looks, *self._refused]:
            if address not in found:
                self._forget(address)
        for address in found:
            if address not in {*self.fit, *self._looks, *self._refused}:
                self._looks[address] = self._executor([address]).submit(look_around, self._sample)
        for address in [address for address, look in self._looks.items() if look.done()]:
            self._judge(address, self._looks.pop(address), found[address]["nthreads"])
        self._given_to = {it: who for it, who in self._given_to.items() if not it.done()}

    def _workers(self) -> dict[str, Any] | None:
        """What the scheduler says of each, by its address; None where it says nothing just now."""
        if self._client.status == "closed":
            return {}
        try:
            return dict(self._client.scheduler_info(n_workers=-1)["workers"])
        except (OSError, KeyError):  # its errors of connections are among them
            return None

    def _forget(self, address: str) -> None:
        if (look := self._looks.pop(address, None)) is not None:
            look.cancel()
        if self.fit.pop(address, None) is not None and self._client.status != "closed":
            left = f"{len(self.fit)} of the others grade" if self.fit else "no other one is there"
            self.tell(f"The worker {address} is gone. Its gradings begin again; {left}.")
        self._refused.pop(address, None)

    def _judge(self, address: str, look: _Look, threads: int) -> None:
        try:
            refused, level, weaknesses = look.result()
        except CancelledError:  # the scheduler was gone for a moment: it is asked again
            return
        except Exception as error:  # whatever arrives of a worker
            refused, level, weaknesses = _why(error), "", ()
        if refused:
            self._refused[address] = refused
            self.tell(f"The worker {address} grades nothing: {printable(refused)}.")
        else:
            self.fit[address] = FitWorker(level, weaknesses, threads)

    def _wait_for_one(self) -> None:
        """Until a worker may grade. Raises `MachineError`; who has waited in vain once does not
        wait again."""
        until = time.monotonic() + self._patience_s
        while not self.fit or self._client.status != "running":
            if self._client.status == "closed":
                raise MachineError("the connection to the cluster is lost")
            if self._refused and not self._looks:
                said = "; ".join(dict.fromkeys(map(printable, self._refused.values())))
                raise MachineError(f"no worker of the cluster can grade this class: {said}")
            if time.monotonic() >= until:
                self._patience_s = 0.0
                raise MachineError("the cluster has no worker")
            wait([*self._looks.values()] or [Future()], _LOOK_S, FIRST_COMPLETED)
            self.look()

    def _executor(self, workers: list[str]) -> Any:  # noqa: ANN401
        warnings.filterwarnings("ignore", "Sending large graph")  # a submission may be large
        return self._client.get_executor(workers=workers, allow_other_workers=False, pure=False)


def _why(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError | AttributeError):
        return f"it does not have this grader ({error})"
    return f"{type(error).__name__}: {error}".partition(". ")[0]
