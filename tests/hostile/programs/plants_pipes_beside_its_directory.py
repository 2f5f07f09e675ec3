"""Plants pipes that nobody reads at every name beside its directory that the grader might write to."""

import os

import attempt

NAMES = ("secret.txt", "secret", "escaped.txt", "public", "private", "outside.txt", "evil.txt", "a", "x", "1")
shared = attempt.served()
folder = None
if shared:
    folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY)
    for name in NAMES:
        path = os.path.join(os.path.dirname(shared), name)
        if not os.path.lexists(path):
            os.mkfifo(path)
attempt.serve_files(folder)
