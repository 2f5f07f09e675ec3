"""A JSON API of the right server for the web-app track, and a page with what a client said in JSON."""

import html
import json
import threading

from _web_uploads import Uploads
from right_server import Response

JSON = "application/json"


class Refused(Exception):
    """The body is not what it should be; its status says why."""


class Api(Uploads):
    def __init__(self, directory=None):
        super().__init__(directory)
        self.items = {}
        self.last = 0
        self.turn = threading.Lock()

    def routes(self):
        return [
            *super().routes(),
            ("POST", "/post-something", self.post_something),
            ("GET", "/api/items", self.every_item),
            ("POST", "/api/items", self.add_item),
            ("GET", "/api/items/{id}", self.one_item),
            ("PUT", "/api/items/{id}", self.replace_item),
            ("DELETE", "/api/items/{id}", self.remove_item),
        ]

    def route(self, request, path):
        """One request at a time, for the items are shared; errors of the API are JSON."""
        try:
            with self.turn:
                response = super().route(request, path)
        except Refused as refused:
            response = self.error(refused.args[0])
        if path.startswith("/api/") and response.status >= 400:
            return self.api_error(response)
        return response

    def api_error(self, response):
        answer = self.json({"error": response.body.decode("utf-8", "replace")}, response.status)
        if "Allow" in response.headers:
            answer.headers["Allow"] = response.headers["Allow"]
        return answer

    # --- JSON that comes in --------------------------------------------------------------------------------

    def member(self, request, name):
        """The text of this name in the object that the body is."""
        self.check_type(request)
        value = self.value_of(request.body)
        if not self.has_text(value, name):
            raise Refused(422)
        return value[name]

    def check_type(self, request):
        if self.media_type_of(request) != JSON:
            raise Refused(415)

    def value_of(self, body):
        try:
            return self.load_json(body)
        except RecursionError:
            return self.too_deep()
        except ValueError:
            return self.malformed()

    def load_json(self, body):
        return json.loads(body)

    def too_deep(self):
        raise Refused(400)

    def malformed(self):
        raise Refused(400)

    def has_text(self, value, name):
        return isinstance(value, dict) and isinstance(value.get(name), str)

    # --- a page --------------------------------------------------------------------------------------------

    def post_something(self, request):
        return self.message_page(self.message_escaped(self.member(request, "message")))

    def message_escaped(self, text):
        return html.escape(text)

    def message_page(self, text):
        source = f"<!doctype html>\n<title>Message</title>\n<p>{text}</p>\n"
        return Response(200, source.encode(), "text/html; charset=utf-8")

    # --- items ---------------------------------------------------------------------------------------------

    def every_item(self, request):
        return self.json([self.item(key) for key in self.items])

    def add_item(self, request):
        name = self.member(request, "name")
        key = self.new_key()
        self.items[key] = name
        return self.created_item(key)

    def created_item(self, key):
        response = self.json(self.item(key), 201)
        response.headers["Location"] = self.location_of(key)
        return response

    def location_of(self, key):
        return f"/api/items/{key}"

    def new_key(self):
        self.last += 1
        return str(self.last)

    def item(self, key):
        return {"id": int(key), "name": self.items[key]}

    def one_item(self, request, key):
        return self.json(self.item(key)) if key in self.items else self.no_item(key)

    def replace_item(self, request, key):
        if key not in self.items:
            return self.no_item(key)
        self.items[key] = self.member(request, "name")
        return self.json(self.item(key))

    def remove_item(self, request, key):
        if key not in self.items:
            return self.no_item(key)
        del self.items[key]
        return Response(204)

    def no_item(self, key):
        return self.error(404)
