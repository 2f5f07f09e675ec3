// The services as one writes them in Go: a goroutine a connection, a loop for all datagrams.
package main

import (
	"bufio"
	"io"
	"net"
	"os"
)

func pingPong(client net.Conn) {
	if _, err := bufio.NewReader(client).ReadString('\n'); err == nil {
		client.Write([]byte("pong\n"))
	}
}

func serveTCP(serve func(net.Conn)) {
	listener, err := net.Listen("tcp", ":4221")
	for err == nil {
		if client, failed := listener.Accept(); failed == nil {
			go func() {
				defer client.Close()
				serve(client)
			}()
		}
	}
}

func serveUDP() {
	endpoint, err := net.ListenPacket("udp", ":4221")
	data := make([]byte, 65535)
	for err == nil {
		if size, client, failed := endpoint.ReadFrom(data); failed == nil {
			endpoint.WriteTo(data[:size], client)
		}
	}
}

func main() {
	switch os.Args[1] {
	case "ping-pong":
		serveTCP(pingPong)
	case "echo":
		serveTCP(func(client net.Conn) { io.Copy(client, client) })
	case "udp-echo":
		serveUDP()
	}
}
