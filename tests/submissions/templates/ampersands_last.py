"""Ampersands are escaped last, with those that the other escapes begin with.

Caught by: templates/escapes_brackets, templates/escapes_double_quotes, templates/escapes_single_quotes, templates/name_is_text
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def escaped(self, text):
        for sign, escape in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"), ("&", "&amp;")):
            text = text.replace(sign, escape)
        return text


Broken.main()
