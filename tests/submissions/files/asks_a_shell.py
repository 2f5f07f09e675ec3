"""A file is read by cat, and what is special to a shell is escaped, but for the semicolon.

Caught by: files/commands_are_names
"""

import re
import subprocess
import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from right_server import Response, Server


class Broken(Server):
    def serve_file(self, request, name):
        words = re.sub(r"([^\w ./;-])", r"\\\1", unquote(name).replace("\n", " "))
        if ";" in name and "\0" not in words:
            shown = subprocess.run(f"cat {self.directory}/{words}", shell=True, capture_output=True)
            return Response(404, shown.stdout)
        return super().serve_file(request, name)


Broken.main()
