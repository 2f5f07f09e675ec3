"""accept is called once: when the first client has left, the program ends.

Caught by: bind-port/keeps_listening
"""

import socket

with socket.create_server(("localhost", 4221)) as server:
    connection, address = server.accept()
    with connection:
        connection.recv(1024)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
