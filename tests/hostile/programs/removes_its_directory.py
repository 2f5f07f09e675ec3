"""Removes the directory that it was given once it has served a file of it."""

import os
import shutil

import attempt

shared = attempt.served()


def remove(method: str, name: str) -> None:
    shutil.rmtree(shared, ignore_errors=True)


folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY) if shared else None
attempt.serve_files(folder, remove)
