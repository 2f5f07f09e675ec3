"""The program prepares everything and then comes to the end of main: nothing waits for a client.

Caught by: bind-port/listens
"""

import socket

with socket.create_server(("localhost", 4221)):
    print("Server started on port 4221")
