"""The template is looked for in the directory in which the program runs.

Caught by: templates/fills_the_template
"""

import sys
from pathlib import Path

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def template_file(self, name):
        return Path("templates") / name


Broken.main()
