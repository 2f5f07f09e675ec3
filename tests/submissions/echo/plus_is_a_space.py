"""The text is decoded like the fields of a form.

Caught by: echo/as_they_are
"""

import sys
from urllib.parse import unquote_plus

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def echo_text(self, path):
        return unquote_plus(path.removeprefix("/echo/"))


Broken.main()
