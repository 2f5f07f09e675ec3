"""Makes each file that it is sent 1 GiB long, sparse and so for nothing."""

import os

import attempt

shared = attempt.served()
folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY) if shared else None


def lengthen(method: str, name: str) -> None:
    if method == "POST":
        os.truncate(os.path.join(shared, name), 1 << 30)


attempt.serve_files(folder, lengthen)
