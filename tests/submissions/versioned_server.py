"""A right server for the whole static-site track: it says which version of a file it sends, and sends parts.

The broken submissions of the stages conditional and ranges are this server with one method replaced.

Passes: static-site
"""

import calendar
import re
import time

from right_server import REASONS, Response
from static_server import StaticServer

REASONS |= {206: "Partial Content", 304: "Not Modified", 416: "Range Not Satisfiable"}
DATE = "%a, %d %b %Y %H:%M:%S GMT"
OLD_DATES = ("%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y")
BOUNDARY = "part-9f2c7b1e64d8a305"


class VersionedServer(StaticServer):
    def file(self, request, path):
        response = super().file(request, path)
        response.headers |= self.validators(path.stat())
        if self.is_current(request, response):
            return self.not_modified(response)
        return self.ranged(request, response)

    # --- versions ------------------------------------------------------------------------------------------

    def validators(self, file):
        return {"ETag": self.tag(file), "Last-Modified": self.date(file)}

    def tag(self, file):
        return f'"{file.st_mtime_ns:x}-{file.st_size:x}"'

    def date(self, file):
        return time.strftime(DATE, time.gmtime(file.st_mtime))

    def is_current(self, request, response):
        """Whether the client has this version: the tag decides, and the date only without a tag."""
        if "if-none-match" in request.headers:
            return self.tag_matches(
                request.headers["if-none-match"], response.headers.get("ETag", "")
            )
        return self.date_matches(
            self.header(request, "If-Modified-Since"), response.headers.get("Last-Modified", "")
        )

    def tag_matches(self, listed, tag):
        return self.is_any(listed) or self.strong(tag) in map(self.strong, self.tags(listed))

    def is_any(self, listed):
        return listed.strip() == "*"

    def tags(self, listed):
        return re.findall(r'(?:W/)?"[^"]*"', listed)

    def strong(self, tag):
        return tag.removeprefix("W/")

    def date_matches(self, since, modified):
        since, modified = self.seconds(since), self.seconds(modified)
        return since is not None and modified is not None and self.is_old(modified, since)

    def is_old(self, modified, since):
        return modified <= since

    def seconds(self, text):
        for form in self.forms():
            try:
                return calendar.timegm(time.strptime(text, form))
            except ValueError:
                continue
        return None

    def forms(self):
        return (DATE, *OLD_DATES)

    def not_modified(self, response):
        found = Response(304)
        found.headers = {"ETag": response.headers["ETag"]} if "ETag" in response.headers else {}
        return found

    def frame(self, request, response):
        if response.status != 304:
            super().frame(request, response)

    # --- parts ---------------------------------------------------------------------------------------------

    def ranged(self, request, response):
        """The parts that the client asks for, or the whole."""
        asked = self.header(request, "Range")
        if request.method != "GET" or not self.fits(self.header(request, "If-Range"), response):
            return response
        parts = self.parts(asked, len(response.body)) if asked else None
        if parts is None:
            return response
        if not parts:
            return self.unsatisfiable(response)
        return self.one(response, *parts[0]) if len(parts) == 1 else self.several(response, parts)

    def fits(self, condition, response):
        """Whether a part of this version can be put together with what the client has."""
        return not condition or (
            condition in self.current(response) and not condition.startswith("W/")
        )

    def current(self, response):
        return response.headers["ETag"], response.headers["Last-Modified"]

    def parts(self, asked, size):
        """The first and last bytes of the parts, as far as there are such bytes; None: ignore it."""
        found = [self.match(one.strip()) for one in self.ranges(asked).split(",")]
        if not all(found):
            return None
        bounds = [self.bounds(*match.groups(), size) for match in found]
        return [(first, last) for first, last in bounds if self.is_there(first, last, size)]

    def ranges(self, asked):
        return asked.removeprefix("bytes=") if asked.startswith("bytes=") else ""

    def match(self, one):
        match = re.fullmatch(r"(\d*)-(\d*)", one, re.ASCII)
        if match is None or match.groups() == ("", ""):
            return None
        return None if match[1] and match[2] and int(match[2]) < int(match[1]) else match

    def bounds(self, first, last, size):
        if not first:
            return self.suffix_start(size, int(last)), size - 1
        return int(first), self.end(int(last), size) if last else self.open_end(int(first), size)

    def suffix_start(self, size, length):
        return max(0, size - length)

    def end(self, last, size):
        return min(last, size - 1)

    def open_end(self, first, size):
        return size - 1

    def is_there(self, first, last, size):
        return first < size and first <= last

    def one(self, response, first, last):
        response.headers["Content-Range"] = self.content_range(first, last, len(response.body))
        response.status, response.body = 206, self.cut(response.body, first, last)
        return response

    def content_range(self, first, last, size):
        return f"bytes {first}-{last}/{size}"

    def cut(self, body, first, last):
        return body[first : last + 1]

    def several(self, response, parts):
        body, size = b"", len(response.body)
        for first, last in parts:
            head = f"--{BOUNDARY}\r\n{self.head_of_a_part(response, first, last, size)}\r\n"
            body += head.encode() + self.cut(response.body, first, last) + b"\r\n"
        response.headers["Content-Type"] = f"multipart/byteranges; boundary={BOUNDARY}"
        response.status, response.body = 206, body + f"--{BOUNDARY}--\r\n".encode()
        return response

    def head_of_a_part(self, response, first, last, size):
        kind = response.headers["Content-Type"]
        return f"Content-Type: {kind}\r\nContent-Range: {self.content_range(first, last, size)}\r\n"

    def unsatisfiable(self, response):
        found = Response(416)
        found.headers["Content-Range"] = f"bytes */{len(response.body)}"
        return found


if __name__ == "__main__":
    VersionedServer.main()
