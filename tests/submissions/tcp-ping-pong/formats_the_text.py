"""The line is put into a log by way of a format string, and a brace in it raises an error.

Caught by: tcp-ping-pong/any_text
"""

import sys

sys.path[0] += "/.."
from socket_server import SocketServer


class Broken(SocketServer):
    def message(self, client):
        message = super().message(client).decode()
        print((f"{message.strip()} from {{}}").format(client.getpeername()))
        return message


Broken.main()
