"""The base course for flask and its development server."""

from flask import Flask, Response, request

from wsgi_app import answer

app = Flask(__name__, static_folder=None)


@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def handle(path):
    headers = {name.lower(): value for name, value in request.headers.items()}
    raw = request.environ["PATH_INFO"].encode("latin-1")
    body = request.get_data()
    if len(body) < (request.content_length or 0):
        raise OSError("the client has left")
    status, extra, body = answer(request.method, raw, headers, body)
    return Response(body, status, extra)


app.url_map.merge_slashes = False

if __name__ == "__main__":
    app.run("127.0.0.1", 4221)
