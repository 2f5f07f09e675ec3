"""The file of the first upload is written after the answer: when the next request comes.

Caught by: files/stored_or_refused, files/stores_a_body
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    first, waiting = True, None

    def route(self, request, path):
        waiting, self.waiting = self.waiting, None
        if waiting is not None:
            super().save(*waiting)
        return super().route(request, path)

    def save(self, path, body):
        if self.first:
            self.first, self.waiting = False, (path, body)
        else:
            super().save(path, body)


Broken.main()
