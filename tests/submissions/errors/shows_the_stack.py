"""The body of the 500 has the lines of the program through which the exception came.

Caught by: errors/shows_no_stack_trace
"""

import os
import sys
import traceback

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def error_page(self, error):
        frames = traceback.extract_tb(error.__traceback__)
        lines = "".join(f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}\n" for frame in frames)
        return self.text(lines, 500)


Broken.main()
