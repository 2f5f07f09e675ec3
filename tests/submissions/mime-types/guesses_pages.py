"""A file of unknown suffix that looks like a page is sent as one.

Caught by: mime-types/text_is_not_guessed
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        kind = super().media_type(path)
        is_page = kind == "application/octet-stream" and self.load(path).startswith(b"<!doctype html")
        return "text/html" if is_page else kind


Broken.main()
