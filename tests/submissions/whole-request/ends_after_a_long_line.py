"""It ends when a line is too long.

Caught by: whole-request/goes_on
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def run(self):
        with self.listen() as listener:
            while True:
                self.serve(listener.accept()[0])

    def refuse(self, connection):
        super().refuse(connection)
        self.linger(connection)
        sys.exit("this line is too long")


Broken.main()
