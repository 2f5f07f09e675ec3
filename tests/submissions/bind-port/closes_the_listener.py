"""The listening socket is closed together with the first client's.

Caught by: bind-port/keeps_listening
"""

import socket
import threading

server = socket.create_server(("localhost", 4221))
connection, address = server.accept()
connection.recv(1024)
connection.close()
server.close()
threading.Event().wait()
