"""The route is chosen by a word that the path contains, wherever it stands.

Caught by: echo/known_word_later
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def route(self, request, path):
        if "/echo/" in path:
            return self.echo(request, path)
        return super().route(request, path)


Broken.main()
