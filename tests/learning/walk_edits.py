"""What the learners of the walk write: for each language the edits that bring the program of
`grade init` to stage 3, with the mistakes on the way."""

from __future__ import annotations

from typing import NamedTuple


class Edit(NamedTuple):
    """One save. old, new: what takes the place of what in the program."""

    old: str
    new: str


class Walk(NamedTuple):
    """broken: does not start. naive: answers, but reads only once or too early. right: passes stage
    2. by_path: passes stage 3."""

    program: str
    broken: Edit
    naive: Edit
    right: Edit
    by_path: Edit


_END = r"\r\nContent-Length: 0\r\n\r\n"
PYTHON = Walk(
    "server.py",
    Edit(
        "            client.close()\n", "            client.recv(4096\n            client.close()\n"
    ),
    Edit(
        "            client.recv(4096\n",
        '            client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n")\n',
    ),
    Edit(
        "            client.sendall(",
        '            request = b""\n'
        '            while b"\\r\\n\\r\\n" not in request and (piece := client.recv(4096)):\n'
        "                request += piece\n"
        "            client.sendall(",
    ),
    Edit(
        '            client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n")\n',
        "            path = request.split(b' ')[1].partition(b'?')[0]\n"
        '            status = b"200 OK" if path == b"/" else b"404 Not Found"\n'
        f'            client.sendall(b"HTTP/1.1 " + status + b"{_END}")\n',
    ),
)
NODE = Walk(
    "server.js",
    Edit("  client.end();\n", '  client.write("HTTP/1.1 200 OK\\r\\n"\n  client.end();\n'),
    Edit(
        '  client.write("HTTP/1.1 200 OK\\r\\n"\n',
        '  client.write("HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n");\n',
    ),
    Edit(
        '  client.write("HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n");\n  client.end();\n',
        '  let request = "";\n'
        '  client.on("data", (piece) => {\n'
        '    request += piece.toString("latin1");\n'
        '    if (!request.includes("\\r\\n\\r\\n")) return;\n'
        '    client.end("HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n");\n'
        "  });\n",
    ),
    Edit(
        '    client.end("HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n");\n',
        '    const path = request.split(" ")[1].split("?")[0];\n'
        '    const status = path === "/" ? "200 OK" : "404 Not Found";\n'
        "    client.end(`HTTP/1.1 ${status}\\r\\nContent-Length: 0\\r\\n\\r\\n`);\n",
    ),
)
_C_ANSWER = '            write(client, "HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n", 38);\n'
C = Walk(
    "server.c",
    Edit(
        "        if (client >= 0)\n            close(client);\n",
        "        if (client >= 0) {\n            char request[65536]\n            close(client);\n"
        "        }\n",
    ),
    Edit("            char request[65536]\n", _C_ANSWER),
    Edit(
        _C_ANSWER,
        "            char request[65536] = {0};\n"
        "            size_t size = 0;\n"
        "            ssize_t got = 1;\n"
        '            while (!strstr(request, "\\r\\n\\r\\n") && got > 0 && size < 65000) {\n'
        "                got = read(client, request + size, 65000 - size);\n"
        "                if (got > 0) size += got;\n"
        "            }\n" + _C_ANSWER,
    ),
    Edit(
        _C_ANSWER,
        f'            const char *answer = "HTTP/1.1 404 Not Found{_END}";\n'
        '            if (!strncmp(request, "GET / ", 6) || !strncmp(request, "GET /?", 6))\n'
        f'                answer = "HTTP/1.1 200 OK{_END}";\n'
        "            write(client, answer, strlen(answer));\n",
    ),
)
WALKS = {"python": PYTHON, "node": NODE, "c": C}
