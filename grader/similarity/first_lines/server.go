// How programs of this kind begin in every tutorial: nobody has thought of it first.
package main

import (
	"fmt"
	"net"
	"os"
)

func main() {
	fmt.Println("the server starts")
	listener, err := net.Listen("tcp", "0.0.0.0:4221")
	if err != nil {
		fmt.Println("cannot listen")
		os.Exit(1)
	}
	defer listener.Close()
	for {
		connection, err := listener.Accept()
		if err != nil {
			fmt.Println("cannot accept: ", err.Error())
			os.Exit(1)
		}
		go handle(connection)
	}
}

func once() {
	listener, err := net.Listen("tcp", "0.0.0.0:4221")
	if err != nil {
		fmt.Println("cannot listen")
		os.Exit(1)
	}
	_, err = listener.Accept()
	if err != nil {
		fmt.Println("cannot accept: ", err.Error())
		os.Exit(1)
	}
}
