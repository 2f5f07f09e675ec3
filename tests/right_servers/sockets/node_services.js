// The services as Node's documentation shows them: net and dgram.
const dgram = require('dgram');
const net = require('net');

const listen = (serve) => net.createServer((socket) => { socket.on('error', () => {}); serve(socket); }).listen(4221);
const services = {
  'ping-pong': () => listen((socket) => socket.once('data', () => socket.end('pong\n'))),
  'echo': () => listen((socket) => socket.pipe(socket)),
  'udp-echo': () => {
    const endpoint = dgram.createSocket('udp4');
    endpoint.on('message', (data, client) => endpoint.send(data, client.port, client.address));
    endpoint.bind(4221);
  },
};
services[process.argv[2]]();
