// As awkward.py: no answer has an end (endless), there is a timer (ticking), a client that has left is
// looked at for ever (spinning).

"use strict";
const fs = require("fs");
const net = require("net");
const path = require("path");

const kind = process.argv[2];
const at = process.argv.indexOf("--directory");
const directory = at < 0 ? "." : process.argv[at + 1];
const STATUS = { 200: "OK", 201: "Created", 404: "Not Found" };

if (kind.includes("ticking")) setInterval(() => {}, 100);

function answer(client, status, body = Buffer.alloc(0), media = "text/plain") {
  const length = kind.includes("endless") ? "" : `Content-Length: ${body.length}\r\n`;
  client.write(`HTTP/1.1 ${status} ${STATUS[status]}\r\nContent-Type: ${media}\r\n${length}\r\n`);
  client.write(body);
}

function respond(client, method, target, headers, body) {
  const name = target.slice(7);
  if (target === "/") return answer(client, 200);
  if (target.startsWith("/echo/")) return answer(client, 200, Buffer.from(target.slice(6), "latin1"));
  if (target === "/user-agent") return answer(client, 200, Buffer.from(headers["user-agent"] || "", "latin1"));
  if (!target.startsWith("/files/") || name.includes("/") || name.includes("..")) return answer(client, 404);
  const file = path.join(directory, name);
  if (method === "POST") {
    fs.writeFileSync(file, body);
    return answer(client, 201);
  }
  if (!fs.existsSync(file)) return answer(client, 404);
  answer(client, 200, fs.readFileSync(file), "application/octet-stream");
}

net
  .createServer({ allowHalfOpen: kind.includes("spinning") }, (client) => {
    let data = Buffer.alloc(0);
    client.on("error", () => {});
    client.on("end", function spin() {
      if (kind.includes("spinning")) setImmediate(spin);
    });
    client.on("data", (piece) => {
      data = Buffer.concat([data, piece]);
      for (;;) {
        const end = data.indexOf("\r\n\r\n");
        if (end < 0) return;
        const [first, ...lines] = data.toString("latin1", 0, end).split("\r\n");
        const headers = {};
        for (const line of lines) {
          const colon = line.indexOf(":");
          headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
        }
        const whole = end + 4 + Number(headers["content-length"] || 0);
        if (data.length < whole) return;
        const [method, target] = first.split(" ");
        try {
          respond(client, method, target || "", headers, data.subarray(end + 4, whole));
        } catch {
          answer(client, 404); // no name of a file
        }
        data = data.subarray(whole);
      }
    });
  })
  .listen(4221, "127.0.0.1");
