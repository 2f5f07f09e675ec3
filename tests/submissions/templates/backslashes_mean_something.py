"""The name is the replacement of a regular expression, where a backslash means something.

Caught by: templates/name_is_text
"""

import re
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def filled(self, template, values):
        return re.sub(r"\{\{ *name *\}\}", self.escaped(values["name"]), template)


Broken.main()
