"""Answers are sent to the client that was heard last.

Caught by: datagrams/to_the_one_who_asked
"""

import select
import socket

values = {}


def answer_to(line):
    command, _, rest = line.partition(" ")
    key, _, value = rest.partition(" ")
    if command == "PING":
        return "PONG"
    if command == "SET":
        values[key] = value
        return "OK"
    if command == "GET":
        return f"VALUE {values[key]}" if key in values else "NONE"
    return "ERROR"


with socket.socket(type=socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", 6379))
    while True:
        data, address = server.recvfrom(65535)
        requests = [data]
        while select.select([server], [], [], 0.1)[0]:
            data, address = server.recvfrom(65535)
            requests.append(data)
        for data in requests:
            server.sendto(f"{answer_to(data.decode().removesuffix(chr(10)))}\n".encode(), address)
