"""A single value of the query string, for the right server of the web-app track."""

from urllib.parse import parse_qs

from _web_routes import Routes


class Query(Routes):
    def query_value(self, request, name):
        """The first value of this name, decoded; the empty string where there is none."""
        return parse_qs(request.target.partition("?")[2], keep_blank_values=True).get(name, [""])[0]
