"""An interruption ends the run wherever Python stands when it comes, also where Python swallows
exceptions."""

import signal
import subprocess
import sys

import pytest

from grader.system.signals import SIGNALS

SWALLOWERS = {
    "destructor": """
        class Swallows:
            def __del__(self):
                interrupt()
        Swallows()
    """,
    "callback of the garbage collector": """
        import gc
        def called(phase, info):
            gc.callbacks.remove(called)
            interrupt()
        gc.callbacks.append(called)
        gc.collect()
    """,
    "callback of a weak reference": """
        import weakref
        class Referred: pass
        referred = Referred()
        kept = weakref.ref(referred, lambda ref: interrupt())
        del referred
    """,
}
PROGRAM = """
import signal, sys
from textwrap import dedent
from grader.system import signals
signals.install()
swallowed = []
again = sys.unraisablehook
sys.unraisablehook = lambda lost: (swallowed.append(lost.exc_type.__name__), again(lost))
def interrupt():
    signal.raise_signal({number})
try:
    exec(dedent({swallower!r}))
    while True:
        signal.pause()
except KeyboardInterrupt:
    print(*swallowed, signal.getitimer(signal.ITIMER_REAL)[0], flush=True)
    signal.raise_signal({number})  # the second one changes nothing
    sys.exit(130)
"""


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("swallower", SWALLOWERS)
def test_an_interruption_that_python_swallows_comes_again(
    swallower: str, number: signal.Signals
) -> None:
    program = PROGRAM.format(number=int(number), swallower=SWALLOWERS[swallower])
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.stderr, run.returncode) == ("KeyboardInterrupt 0.0\n", "", 130)


def test_another_swallowed_exception_is_printed_as_ever() -> None:
    program = (
        "from grader.system import signals; signals.install()\n"
        "class Fails:\n    def __del__(self): 1 / 0\n"
        "Fails(); print('went on')"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.stdout, run.returncode) == ("went on\n", 0)
    assert "ZeroDivisionError" in run.stderr
