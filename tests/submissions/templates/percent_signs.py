"""The template becomes a format string, in which each percent sign means something.

Caught by: templates/fills_another
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def filled(self, template, values):
        return template.replace("{{ name }}", "%(name)s") % {"name": self.escaped(values["name"])}


Broken.main()
