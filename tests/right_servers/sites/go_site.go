// A site served by http.FileServer of Go's standard library: --static DIR.
package main

import (
	"flag"
	"log"
	"net/http"
)

func main() {
	directory := flag.String("static", ".", "")
	flag.Parse()
	log.Fatal(http.ListenAndServe("127.0.0.1:4221", http.FileServer(http.Dir(*directory))))
}
