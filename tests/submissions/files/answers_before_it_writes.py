"""The file of the first upload is written after the answer, in a thread of its own.

Caught by: files/stored_or_refused, files/stores_a_body
"""

import contextlib
import sys
import threading

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    uploads = 0

    def save(self, path, body):
        self.uploads += 1
        wait_s = 0.05 if self.uploads == 1 else 0
        write = threading.Timer(wait_s, self.write, (path, body))
        write.start()
        if not wait_s:
            write.join()

    def write(self, path, body):
        with contextlib.suppress(OSError):
            super().save(path, body)


Broken.main()
