"""Uploads of the right server for the web-app track: a form whose body is in parts."""

import hashlib
import re

from _web_inputs import Inputs

MOST_PARTS = 1000
UPLOAD = "multipart/form-data"
PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))')


class Part:
    def __init__(self, headers, content):
        self.headers = headers
        self.content = content


class Uploads(Inputs):
    def routes(self):
        return [*super().routes(), ("POST", "/upload", self.upload)]

    def upload(self, request):
        if self.media_type_of(request) != UPLOAD:
            return self.error(415)
        boundary = self.boundary(request)
        if not boundary:
            return self.error(400)
        try:
            parts = self.parts(boundary, request.body)
        except ValueError:
            return self.error(400)
        if len(parts) > MOST_PARTS:
            return self.too_many_parts(parts)
        return self.received(parts)

    def received(self, parts):
        named = [(part, self.parameters(part.headers.get("content-disposition", ""))) for part in parts]
        return self.json({"fields": self.fields_of(named), "files": self.files_of(named)})

    def too_many_parts(self, parts):
        return self.error(413)

    # --- from a body to its parts --------------------------------------------------------------------------

    def boundary(self, request):
        return self.parameters(self.header(request, "Content-Type")).get("boundary", "")

    def parts(self, boundary, body):
        """ValueError: this is not made of parts, or has no end."""
        return [self.part(piece) for piece in self.between(boundary, body)]

    def between(self, boundary, body):
        """What is between the delimiters. A line break before a delimiter belongs to it."""
        first, *pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
        if not pieces or not pieces[-1].startswith(b"--"):
            return self.without_an_end(pieces)
        return pieces[:-1]

    def without_an_end(self, pieces):
        raise ValueError("the upload has no end")

    def part(self, piece):
        head, blank, content = piece.partition(b"\r\n\r\n")
        if not blank:
            raise ValueError("a part without an empty line")
        return Part(self.part_headers(head.decode("utf-8", "replace")), self.content(content))

    def content(self, content):
        return content

    def part_headers(self, head):
        pairs = [line.partition(":") for line in head.split("\r\n")]
        return {self.header_name(name): value.strip() for name, _, value in pairs}

    def header_name(self, name):
        return name.lower()

    def parameters(self, value):
        found = {}
        for name, quoted, plain in PARAMETER.findall(value):
            found[name.lower()] = re.sub(r"\\(.)", r"\1", quoted) or plain
        return found

    # --- what is said of them ------------------------------------------------------------------------------

    def fields_of(self, named):
        return self.grouped([(it.get("name", ""), self.text_of(part.content)) for part, it in named if "filename" not in it])

    def files_of(self, named):
        return [self.file_of(part, it) for part, it in named if "filename" in it]

    def file_of(self, part, parameters):
        return {
            "name": parameters.get("name", ""),
            "filename": parameters["filename"],
            "type": self.type_of(part),
            "size": self.size_of(part.content),
            "sha256": self.digest(part.content),
        }

    def type_of(self, part):
        return part.headers.get("content-type")

    def size_of(self, content):
        return len(content)

    def digest(self, content):
        return hashlib.sha256(content).hexdigest()
