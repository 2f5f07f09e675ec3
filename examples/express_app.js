// The web application with Express: npm install express express-session multer morgan ws
const crypto = require("crypto");
const http = require("http");
const path = require("path");
const express = require("express");
const session = require("express-session");
const morgan = require("morgan");
const multer = require("multer");
const { WebSocketServer } = require("ws");

const root = path.resolve(process.argv[process.argv.indexOf("--static") + 1]);
const app = express();
const items = new Map();
const subscribers = new Set();
let lastNumber = 0;

app.disable("x-powered-by");
app.use(morgan("common"));
app.use((request, response, next) => {
  const given = request.get("X-Request-ID") || "";
  response.set("X-Request-ID", /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : crypto.randomUUID());
  response.set("X-Content-Type-Options", "nosniff");
  next();
});

const refused = (status, message) => Object.assign(new Error(message), { status, expose: true });
const needs = (type) => (request, response, next) => {
  next(request.is(type) ? undefined : refused(415, `this needs ${type}`));
};
const json = [needs("application/json"), express.json({ limit: "16mb" })];

// The text of this name in the JSON object that has come.
const text = (request, name) => {
  const value = (request.body || {})[name];
  if (typeof value !== "string") throw refused(422, `this needs an object with a text called ${name}`);
  return value;
};

const escaped = (text) =>
  text.replace(/[&<>"']/g, (found) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[found]);

app.get("/time", (request, response) => {
  response.type("text/plain").send(new Date().toISOString());
});

app.get("/users/:user", (request, response, next) => {
  if (!/^[0-9]{1,15}$/.test(request.params.user)) return next();
  response.json({ user_id: Number(request.params.user) });
});

app.get("/search", (request, response) => {
  const query = new URL(request.originalUrl, "http://localhost").searchParams;
  response.json({ q: query.get("q") || "", tags: query.getAll("tag") });
});

const form = express.urlencoded({ extended: false, limit: "1mb", parameterLimit: 1000 });
app.post("/form", needs("application/x-www-form-urlencoded"), form, (request, response) => {
  response.json(request.body || {});
});

const parts = multer({ limits: { fileSize: 16 * 1024 * 1024, parts: 1000 } });
app.post("/upload", needs("multipart/form-data"), parts.any(), (request, response) => {
  const files = (request.files || []).map((file) => ({
    name: file.fieldname,
    filename: file.originalname,
    type: file.mimetype,
    size: file.size,
    sha256: crypto.createHash("sha256").update(file.buffer).digest("hex"),
  }));
  response.json({ fields: request.body || {}, files });
});

app.post("/post-something", json, (request, response) => {
  response.send(`<!doctype html><title>Message</title><p>${escaped(text(request, "message"))}</p>`);
});

app.engine("html", (file, values, done) => {
  require("fs").readFile(file, "utf8", (error, template) => {
    if (error) return done(error);
    done(null, template.replace(/\{\{\s*(\w+)\s*\}\}/g, (gap, name) => escaped(String(values[name]))));
  });
});
app.set("views", path.join(root, "templates"));

app.get("/hello", (request, response) => {
  const name = new URL(request.originalUrl, "http://localhost").searchParams.get("name") || "";
  response.render("hello.html", { name });
});

app.get("/boom", () => {
  throw new Error("this handler is broken");
});

const item = (request) => {
  const number = Number(request.params.number);
  if (!items.has(number)) throw refused(404, "there is no such item");
  return { id: number, name: items.get(number) };
};

app.get("/api/items", (request, response) => {
  response.json([...items].map(([id, name]) => ({ id, name })));
});

app.post("/api/items", json, (request, response) => {
  const name = text(request, "name");
  const id = ++lastNumber;
  items.set(id, name);
  response.status(201).location(`/api/items/${id}`).json({ id, name });
});

app.get("/api/items/:number", (request, response) => {
  response.json(item(request));
});

app.put("/api/items/:number", json, (request, response) => {
  const name = text(request, "name");
  items.set(item(request).id, name);
  response.json(item(request));
});

app.delete("/api/items/:number", (request, response) => {
  items.delete(item(request).id);
  response.status(204).end();
});

app.use("/api", () => {
  throw refused(404, "the API has no such path");
});

const sessions = session({
  secret: crypto.randomBytes(32).toString("hex"),
  resave: false,
  saveUninitialized: false,
  cookie: { sameSite: "lax" },
});

app.get("/counter", sessions, (request, response) => {
  request.session.count = (request.session.count || 0) + 1;
  response.type("text/plain").send(String(request.session.count));
});

app.post("/logout", sessions, (request, response, next) => {
  request.session.destroy((error) => (error ? next(error) : response.clearCookie("connect.sid").status(204).end()));
});

app.get("/events", (request, response) => {
  response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" }).flushHeaders();
  subscribers.add(response);
  response.on("close", () => subscribers.delete(response));
});

app.post("/events", express.text({ type: () => true }), (request, response) => {
  const lines = (typeof request.body === "string" ? request.body : "").split(/\r\n|\r|\n/);
  const event = lines.map((line) => `data: ${line}\n`).join("") + "\n";
  for (const subscriber of subscribers) subscriber.write(event);
  response.status(204).end();
});

app.get("/ws", (request, response) => {
  response.set("Upgrade", "websocket").status(426).send("this path speaks WebSocket");
});

app.use(express.static(root));

// It has four parameters, so it is an exception handler. What the error was is for our own eyes.
app.use((error, request, response, next) => {
  const status = error.status || (error instanceof multer.MulterError || error.storageErrors ? 400 : 500);
  if (status >= 500) console.error(error.stack);
  const message = status < 500 && error.expose ? error.message : "something went wrong here";
  if (request.path.startsWith("/api/")) response.status(status).json({ error: message });
  else response.status(status).type("text/plain").send(message + "\n");
});

const server = http.createServer(app);
const sockets = new WebSocketServer({ server, path: "/ws", maxPayload: 16 * 1024 * 1024 });
sockets.on("connection", (socket) => {
  socket.on("error", () => socket.terminate());
  socket.on("message", (message, isBinary) => socket.send(message, { binary: isBinary }));
});
server.listen(4221, "127.0.0.1");
