"""The program takes one client, and then nobody any more.

Caught by: bind/listens_again
"""

import socket
import signal


with socket.create_server(("127.0.0.1", 6379)) as listening:
    client, _ = listening.accept()
client.close()
signal.pause()
