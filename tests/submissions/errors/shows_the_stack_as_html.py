"""The page of the 500 has a traceback, escaped as HTML.

Caught by: errors/shows_no_stack_trace
"""

import html
import os
import sys
import traceback

sys.path[0] += "/.."
from right_server import Response
from web_server import WebServer


class Broken(WebServer):
    def error_page(self, error):
        frames = traceback.extract_tb(error.__traceback__)
        lines = "".join(f'<li>File "{os.path.basename(frame.filename)}", line {frame.lineno}' for frame in frames)
        page = f"<!doctype html><title>Error</title><ol>{html.escape(lines)}</ol>"
        return Response(500, page.encode(), "text/html; charset=utf-8")


Broken.main()
