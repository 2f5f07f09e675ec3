"""The template becomes a format string, in which each brace means something.

Caught by: templates/fills_another
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def filled(self, template, values):
        return template.replace("{{ name }}", "{name}").format(name=self.escaped(values["name"]))


Broken.main()
