"""Plants links to another submission at every name beside its directory that the grader might write to."""

import os

import attempt

NAMES = ("secret.txt", "secret", "escaped.txt", "public", "private", "outside.txt", "evil.txt", "a", "x", "1")
shared = attempt.served()
folder = None
if shared:
    folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY)
    for place in (os.path.dirname(shared), shared):
        for number, name in enumerate(NAMES):
            path = os.path.join(place, name)
            if not os.path.lexists(path):
                os.symlink(attempt.TARGETS["made"][number % len(attempt.TARGETS["made"])], path)
attempt.serve_files(folder)
