"""Plants 150,000 names around its directory, which the grader looks into; on a slow disk what 2 s allow."""

import contextlib
import os
import time

import attempt

ENOUGH, MOST = 12_000, 150_000
shared, until = attempt.served(), time.monotonic() + 2
folder = None
if shared:
    folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY)
    with contextlib.suppress(OSError):
        for number in range(MOST):
            os.symlink("nowhere", os.path.join(os.path.dirname(shared), f"name-{number}"))
            if number > ENOUGH and time.monotonic() > until:
                break
attempt.serve_files(folder)
