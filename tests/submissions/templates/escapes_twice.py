"""The name is escaped twice.

Caught by: templates/escapes_ampersands, templates/escapes_brackets, templates/escapes_double_quotes, templates/escapes_single_quotes, templates/name_is_text
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def escaped(self, text):
        return super().escaped(super().escaped(text))


Broken.main()
