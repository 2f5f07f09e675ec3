// As awkward.py: no answer has an end (endless), there is a timer (ticking), a client that has left is
// read from for ever (spinning).
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

var kind = os.Args[1]
var directory = "."

func is(way string) bool { return strings.Contains(kind, way) }

func answer(client net.Conn, status string, body []byte, media string) {
	length := ""
	if !is("endless") {
		length = fmt.Sprintf("Content-Length: %d\r\n", len(body))
	}
	fmt.Fprintf(client, "HTTP/1.1 %s\r\nContent-Type: %s\r\n%s\r\n%s", status, media, length, body)
}

func respond(client net.Conn, method, target, agent string, body []byte) {
	name := strings.TrimPrefix(target, "/files/")
	file := filepath.Join(directory, name)
	switch {
	case target == "/":
		answer(client, "200 OK", nil, "text/plain")
	case strings.HasPrefix(target, "/echo/"):
		answer(client, "200 OK", []byte(target[6:]), "text/plain")
	case target == "/user-agent":
		answer(client, "200 OK", []byte(agent), "text/plain")
	case name == target || strings.Contains(name, "/") || strings.Contains(name, ".."):
		answer(client, "404 Not Found", nil, "text/plain")
	case method == "POST":
		os.WriteFile(file, body, 0o644)
		answer(client, "201 Created", nil, "text/plain")
	default:
		found, err := os.ReadFile(file)
		if err != nil {
			answer(client, "404 Not Found", nil, "text/plain")
			return
		}
		answer(client, "200 OK", found, "application/octet-stream")
	}
}

func serve(client net.Conn) {
	stream := bufio.NewReader(client)
	line := func() string {
		for {
			text, err := stream.ReadString('\n')
			if err == nil {
				return strings.TrimRight(text, "\r\n")
			}
			if !is("spinning") {
				panic(io.EOF)
			}
		}
	}
	defer client.Close()
	defer func() { recover() }()
	for {
		words := strings.Fields(line())
		agent, length := "", 0
		for text := line(); text != ""; text = line() {
			name, value, _ := strings.Cut(text, ":")
			switch strings.ToLower(name) {
			case "user-agent":
				agent = strings.TrimSpace(value)
			case "content-length":
				length, _ = strconv.Atoi(strings.TrimSpace(value))
			}
		}
		body := make([]byte, length)
		io.ReadFull(stream, body)
		respond(client, words[0], words[1], agent, body)
	}
}

func main() {
	for index, word := range os.Args[:len(os.Args)-1] {
		if word == "--directory" {
			directory = os.Args[index+1]
		}
	}
	if is("ticking") {
		go func() {
			for range time.Tick(100 * time.Millisecond) {
			}
		}()
	}
	server, err := net.Listen("tcp", "127.0.0.1:4221")
	if err != nil {
		panic(err)
	}
	for {
		client, err := server.Accept()
		if err == nil {
			go serve(client)
		}
	}
}
