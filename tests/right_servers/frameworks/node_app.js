// The base course for node's http, with its timeouts and its close, without a listener for 'error'; with --close it closes after each answer.

"use strict";
const fs = require("fs");
const http = require("http");
const path = require("path");
const zlib = require("zlib");

const at = process.argv.indexOf("--directory");
const root = fs.realpathSync(at < 0 ? "." : process.argv[at + 1]);

function acceptsGzip(listed) {
  const weights = {};
  for (const item of listed.toLowerCase().split(",")) {
    const [coding, parameter = ""] = item.split(";");
    const q = /^\s*q\s*=\s*([0-9.]+)\s*$/.exec(parameter);
    weights[coding.trim()] = q ? Number(q[1]) : 1;
  }
  return (weights.gzip || 0) > 0 && weights.gzip >= (weights.identity || 0);
}

function inside(name) {
  let found = path.resolve(root, name);
  try {
    if (fs.lstatSync(found, { throwIfNoEntry: false })) found = fs.realpathSync(found);
    else found = path.join(fs.realpathSync(path.dirname(found)), path.basename(found)); // not there yet
  } catch {
    return null; // a link that leads nowhere, or a name that no file can have
  }
  return found.startsWith(root + path.sep) ? found : null;
}

function files(request, response, name, body) {
  const found = inside(name);
  if (found === null) return response.writeHead(404).end();
  if (request.method === "POST") {
    try {
      fs.writeFileSync(found, body);
    } catch {
      return response.writeHead(404).end(); // a name that no file can have
    }
    return response.writeHead(201, { Location: "/files/" + encodeURIComponent(name) }).end();
  }
  try {
    const content = fs.readFileSync(found);
    return response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(content);
  } catch {
    return response.writeHead(404).end(); // there is no such file, or it may not be read
  }
}

function answer(request, response, body) {
  const target = request.url.split("?")[0];
  if (target === "/") return response.writeHead(200).end();
  if (target === "/user-agent") {
    const agent = Buffer.from(request.headers["user-agent"] || "", "latin1");
    return response.writeHead(200, { "Content-Type": "text/plain" }).end(agent);
  }
  if (target.startsWith("/echo/")) {
    const headers = { "Content-Type": "text/plain", Vary: "Accept-Encoding" };
    const text = Buffer.from(target.slice("/echo/".length), "latin1");
    if (!acceptsGzip(request.headers["accept-encoding"] || "")) return response.writeHead(200, headers).end(text);
    return response.writeHead(200, { ...headers, "Content-Encoding": "gzip" }).end(zlib.gzipSync(text));
  }
  if (target.startsWith("/files/")) {
    let name;
    try {
      name = decodeURIComponent(target.slice("/files/".length));
    } catch {
      return response.writeHead(400).end();
    }
    return files(request, response, name, body);
  }
  return response.writeHead(404).end();
}

const server = http.createServer((request, response) => {
  const pieces = [];
  if (process.argv.includes("--close")) response.setHeader("Connection", "close");
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => answer(request, response, Buffer.concat(pieces)));
});
const limit = process.argv.indexOf("--timeout");
if (limit >= 0) server.timeout = server.keepAliveTimeout = 1000 * process.argv[limit + 1];
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => server.close());
server.listen(4221, "127.0.0.1");
