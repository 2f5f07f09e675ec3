"""The directory is written into the program, whatever follows --directory.

Caught by: files/serves_a_file
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def __init__(self, directory):
        super().__init__("/tmp/files")


Broken.main()
