// A right server whose answers come from an orphan over its standard input and output: `node helped.js`.
"use strict";
const { spawn } = require("child_process");
const net = require("net");

const PORT = 4221;
const THINKS_MS = 80;

function answer(request) {
  const path = request.split(" ")[1];
  const found = path === "/" || path.startsWith("/echo/");
  const body = found ? path.slice(6) : "";
  const status = found ? "200 OK" : "404 Not Found";
  return `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

if (process.argv[2] === "help") {
  process.stdin.on("data", (data) => setTimeout(() => process.stdout.write(answer(String(data))), THINKS_MS));
} else {
  const shell = '"$0" "$1" help <&3 >&4 & exit';
  const helper = spawn("/bin/sh", ["-c", shell, process.execPath, __filename], {
    stdio: ["ignore", "ignore", "inherit", "pipe", "pipe"],
  });
  const waiting = [];
  helper.stdio[4].on("data", (data) => waiting.shift().end(data));
  const server = net.createServer((client) => {
    let request = "";
    client.on("error", () => {});
    client.on("data", (data) => {
      request += data;
      if (request.includes("\r\n\r\n")) {
        waiting.push(client);
        helper.stdio[3].write(request);
      }
    });
  });
  helper.on("exit", () => server.listen(PORT, "127.0.0.1"));
}
