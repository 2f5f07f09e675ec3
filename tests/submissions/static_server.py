"""A right server for the static-site track: the one of the base track, with a site in the place of its routes.

The broken submissions of the track are this server with one method replaced.

Passes: index, clean-urls, mime-types, not-found-page, folders, traversal, ranges
"""

import argparse
import os

from right_server import REASONS, Response, Server

REASONS |= {301: "Moved Permanently", 304: "Not Modified", 416: "Range Not Satisfiable"}
TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8", "txt": "text/plain; charset=utf-8", "json": "application/json",
    "pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "ico": "image/x-icon", "woff2": "font/woff2",
}  # fmt: skip


class StaticServer(Server):
    @classmethod
    def main(cls):
        parser = argparse.ArgumentParser()
        parser.add_argument("--static", required=True)
        cls(parser.parse_args().static).run()

    def route(self, request, path):
        """Names stay percent-encoded until `place` looks for them."""
        if request.method not in ("GET", "HEAD"):
            return Response(405)
        name = self.name(path)
        file = self.find(name)
        if file is not None:
            return self.file(request, file)
        if self.is_folder(name):
            return self.moved(request, path)
        return self.not_found()

    # --- from a path to a file -----------------------------------------------------------------------------

    def name(self, path):
        return path.removeprefix("/")

    def find(self, name):
        """The file that the name means, or None."""
        return next(filter(None, map(self.existing, self.candidates(name))), None)

    def candidates(self, name):
        """The files that a name may mean: the first one that exists counts."""
        if name == "" or name.endswith("/"):
            return [self.index(name)]
        return [name, *self.clean(name)]

    def index(self, folder):
        return f"{folder}index.html"

    def clean(self, name):
        return [f"{name}.html"]

    def existing(self, name):
        path = self.place_to_read(name)
        return path if path is not None and self.is_file(path) else None

    def is_file(self, path):
        return os.path.isfile(path)

    def is_folder(self, name):
        """Whether the name lacks the slash of a folder that has an index."""
        return not name.endswith("/") and self.existing(self.index(f"{name}/")) is not None

    # --- answers -------------------------------------------------------------------------------------------

    def file(self, request, path):
        return Response(200, self.load(path), self.media_type(path))

    def media_type(self, path):
        return TYPES.get(self.suffix(path), "application/octet-stream")

    def suffix(self, path):
        return path.suffix[1:].lower()

    def moved(self, request, path):
        response = Response(301)
        response.headers["Location"] = self.location(request, path)
        return response

    def location(self, request, path):
        _, mark, query = request.target.partition("?")
        return f"{path}/{mark}{query}"

    def not_found(self):
        page = self.not_found_page()
        if page is None:
            return Response(404, self.no_page(), "text/html")
        return Response(404, self.load(page), self.media_type(page))

    def not_found_page(self):
        return self.existing("404.html")

    def no_page(self):
        return b"<!doctype html><title>Not found</title><p>There is no such page.\n"


if __name__ == "__main__":
    StaticServer.main()
