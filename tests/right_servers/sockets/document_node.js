// The document with Node's http: chunks, since nothing says how long it is.
"use strict";
const http = require("http");

http
  .createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.write("<!DOCTYPE html>\n<title>Hallo</title>\n");
    response.end("<p>Grüße</p>\n");
  })
  .listen(4221, "127.0.0.1");
