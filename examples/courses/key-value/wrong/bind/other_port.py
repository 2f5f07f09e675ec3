"""The program listens on port 6380, not on 6379.

Caught by: bind/listens
"""

import socket
import threading


def serve(client):
    client.close()


with socket.create_server(("127.0.0.1", 6380)) as listening:
    while True:
        client, _ = listening.accept()
        threading.Thread(target=serve, args=[client], daemon=True).start()
