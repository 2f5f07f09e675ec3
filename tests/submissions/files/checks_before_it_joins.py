"""The directory and the name are joined without a slash, and what is outside of it is refused.

Caught by: files/serves_a_file
"""

import os
import sys
from pathlib import Path
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def place(self, name):
        directory = sys.argv[sys.argv.index("--directory") + 1]
        path = os.path.abspath(directory + unquote(name))
        inside = os.path.commonpath([path, self.directory]) == str(self.directory)
        return Path(path) if inside else None


Broken.main()
