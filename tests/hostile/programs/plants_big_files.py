"""Plants 60 hard links to a sparse file of 1 GiB around its directory, which the grader looks into."""

import os

import attempt

shared = attempt.served()
folder = None
if shared:
    folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY)
    first = os.path.join(os.path.dirname(shared), "big-0")
    with open(first, "wb") as file:
        file.truncate(1 << 30)
    for number in range(1, 60):
        os.link(first, os.path.join(os.path.dirname(shared), f"big-{number}"))
attempt.serve_files(folder)
