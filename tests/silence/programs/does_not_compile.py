"""An error of syntax."""

import socket

listener = socket.create_server(("127.0.0.1", 4221)  # here
while True:
    client, _ = listener.accept()
