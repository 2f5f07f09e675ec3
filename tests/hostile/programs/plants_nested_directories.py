"""Plants 1,500 directories in one another around its directory, which the grader looks into."""

import os

import attempt

shared = attempt.served()
folder = None
if shared:
    folder = os.open(shared, os.O_RDONLY | os.O_DIRECTORY)
    os.chdir(os.path.dirname(shared))
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    os.chdir("/")
attempt.serve_files(folder)
