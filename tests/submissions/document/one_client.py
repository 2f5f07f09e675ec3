"""It serves one client, and ends.

Caught by: document/any_path
"""

import sys

sys.path[0] += "/.."
from document_server import Server


class Broken(Server):
    def run(self):
        with self.listen() as listener:
            connection, _address = listener.accept()
            with connection:
                self.serve(connection)


Broken.main()
