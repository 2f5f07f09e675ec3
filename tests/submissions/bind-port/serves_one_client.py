"""accept is called once: when the first client has left, the program ends.

Caught by: bind-port/keeps_listening
"""

import os
import socket

server = socket.create_server(("localhost", 4221))
connection, address = server.accept()
connection.recv(1024)
os._exit(0)
