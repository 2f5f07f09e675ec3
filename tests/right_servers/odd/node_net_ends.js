// Node's net, without a listener for 'error': it ends each connection after its answer, and dies of the first reset.
//
// passes: bind-port ok paths echo headers files gzip
// fails: concurrency/reset concurrency/gone_before_the_answer keep-alive/second_request
// advice: headers/beyond_ascii_comes_back

"use strict";
const fs = require("fs");
const net = require("net");
const path = require("path");
const zlib = require("zlib");

const REASONS = { 200: "OK", 201: "Created", 400: "Bad Request", 404: "Not Found" };
const at = process.argv.indexOf("--directory");
const root = fs.realpathSync(at < 0 ? "." : process.argv[at + 1]);

// The whole request at the beginning of the buffer; null: more has to come.
function parse(buffer) {
  while (buffer.subarray(0, 2).equals(Buffer.from("\r\n"))) buffer = buffer.subarray(2);
  const end = buffer.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [start, ...lines] = buffer.toString("latin1", 0, end).split("\r\n");
  const [method, target, version] = start.split(" ");
  if (!version || !version.startsWith("HTTP/1.")) return { bad: true };
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const body = buffer.subarray(end + 4);
  const length = Number(headers["content-length"] || "0");
  return body.length < length ? null : { method, target, headers, body: body.subarray(0, length) };
}

function acceptsGzip(listed) {
  const weights = {};
  for (const item of (listed || "").toLowerCase().split(",")) {
    const [coding, parameter = ""] = item.split(";");
    const q = /^\s*q\s*=\s*([0-9.]+)\s*$/.exec(parameter);
    weights[coding.trim()] = q ? Number(q[1]) : 1;
  }
  return (weights.gzip || 0) > 0 && weights.gzip >= (weights.identity || 0);
}

function decoded(text) {
  return Buffer.from(text.replace(/%([0-9a-f]{2})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16))), "latin1");
}

function inside(name) {
  let found = path.resolve(root, name);
  try {
    if (fs.lstatSync(found, { throwIfNoEntry: false })) found = fs.realpathSync(found);
    else found = path.join(fs.realpathSync(path.dirname(found)), path.basename(found)); // not there yet
  } catch {
    return null; // a link that leads nowhere
  }
  return found.startsWith(root + path.sep) ? found : null;
}

function files(request, quoted) {
  try {
    const found = inside(decoded(quoted).toString());
    if (found === null) return [404];
    if (request.method !== "POST") return [200, fs.readFileSync(found), { "Content-Type": "application/octet-stream" }];
    fs.writeFileSync(found, request.body);
    return [201, Buffer.alloc(0), { Location: "/files/" + quoted }];
  } catch {
    return [404]; // there is none, or no file can have this name
  }
}

function answer(request) {
  if (request.bad) return [400];
  const text = { "Content-Type": "text/plain" };
  const target = request.target.split("?")[0];
  if (target === "/") return [200];
  if (target === "/user-agent") return [200, Buffer.from(request.headers["user-agent"] || "", "latin1"), text];
  if (target.startsWith("/files/")) return files(request, target.slice("/files/".length));
  if (!target.startsWith("/echo/")) return [404];
  const body = decoded(target.slice("/echo/".length));
  if (!acceptsGzip(request.headers["accept-encoding"])) return [200, body, { ...text, Vary: "Accept-Encoding" }];
  return [200, zlib.gzipSync(body), { ...text, Vary: "Accept-Encoding", "Content-Encoding": "gzip" }];
}

net
  .createServer((socket) => {
    let buffer = Buffer.alloc(0);
    socket.on("data", (piece) => {
      buffer = Buffer.concat([buffer, piece]);
      const request = parse(buffer);
      if (request === null) return;
      const [status, body = Buffer.alloc(0), headers = {}] = answer(request);
      const lines = Object.entries({ ...headers, "Content-Length": body.length, Connection: "close" });
      socket.write(`HTTP/1.1 ${status} ${REASONS[status]}\r\n${lines.map((pair) => pair.join(": ") + "\r\n").join("")}\r\n`);
      socket.end(request.method === "HEAD" ? Buffer.alloc(0) : body);
    });
  })
  .listen(4221, "127.0.0.1");
