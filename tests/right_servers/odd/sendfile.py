"""Sends files with sendfile, after their head.

passes: all
fails: none
advice: none
"""

import os
import tempfile

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        connection.sendall(head)
        if len(body) > 1000:
            with tempfile.TemporaryFile() as file:
                file.write(body)
                file.flush()
                connection.sendfile(file)
        else:
            os.write(connection.fileno(), body)


if __name__ == "__main__":
    Odd.main()
