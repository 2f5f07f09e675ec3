// The course for Go's net/http, with its timeouts and its Shutdown.
package main

import (
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func acceptsGzip(listed string) bool {
	weights := map[string]float64{}
	for _, item := range strings.Split(strings.ToLower(listed), ",") {
		coding, parameter, _ := strings.Cut(item, ";")
		weight := 1.0
		if name, q, found := strings.Cut(parameter, "="); found && strings.TrimSpace(name) == "q" {
			weight, _ = strconv.ParseFloat(strings.TrimSpace(q), 64)
		}
		weights[strings.TrimSpace(coding)] = weight
	}
	return weights["gzip"] > 0 && weights["gzip"] >= weights["identity"]
}

func echo(response http.ResponseWriter, request *http.Request) {
	text := strings.TrimPrefix(request.URL.Path, "/echo/")
	response.Header().Set("Content-Type", "text/plain")
	response.Header().Set("Vary", "Accept-Encoding")
	if !acceptsGzip(request.Header.Get("Accept-Encoding")) {
		io.WriteString(response, text)
		return
	}
	response.Header().Set("Content-Encoding", "gzip")
	writer := gzip.NewWriter(response)
	io.WriteString(writer, text)
	writer.Close()
}

func inside(root, name string) (string, error) {
	path := filepath.Join(root, name)
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	path = filepath.Join(folder, filepath.Base(path))
	if _, err := os.Lstat(path); err == nil {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return "", err // a link that leads nowhere
		}
	}
	if strings.Contains(name, "\x00") || !strings.HasPrefix(path, root+"/") {
		return "", errors.New("this leads out of the directory")
	}
	return path, nil
}

func store(path string, response http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(response, request.Body, 16<<20))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		http.Error(response, "too large", 413)
	} else if err != nil {
		http.Error(response, err.Error(), 400)
	} else if os.WriteFile(path, body, 0o644) != nil {
		http.Error(response, "not a file", 404)
	} else {
		response.Header().Set("Location", (&url.URL{Path: request.URL.Path}).String())
		response.WriteHeader(201)
	}
}

func serve(path string, response http.ResponseWriter) {
	status, err := os.Stat(path)
	if err != nil || !status.Mode().IsRegular() {
		http.Error(response, "not found", 404)
		return
	}
	file, err := os.Open(path)
	if err != nil {
		http.Error(response, "not readable", 403)
		return
	}
	defer file.Close()
	response.Header().Set("Content-Type", "application/octet-stream")
	response.Header().Set("Content-Length", strconv.FormatInt(status.Size(), 10))
	io.Copy(response, file)
}

func main() {
	directory := flag.String("directory", ".", "")
	seconds := flag.Float64("timeout", 0, "")
	flag.Parse()
	root, err := filepath.EvalSymlinks(*directory)
	if err != nil {
		log.Fatal(err)
	}
	root, _ = filepath.Abs(root)
	handler := func(response http.ResponseWriter, request *http.Request) {
		path := request.URL.Path
		switch {
		case path == "/":
		case strings.HasPrefix(path, "/echo/"):
			echo(response, request)
		case path == "/user-agent":
			response.Header().Set("Content-Type", "text/plain")
			io.WriteString(response, request.UserAgent())
		case strings.HasPrefix(path, "/files/"):
			file, err := inside(root, strings.TrimPrefix(path, "/files/"))
			if err != nil {
				http.NotFound(response, request)
			} else if request.Method == "POST" {
				store(file, response, request)
			} else {
				serve(file, response)
			}
		default:
			http.NotFound(response, request)
		}
	}
	limit := time.Duration(*seconds * float64(time.Second))
	server := &http.Server{
		Addr: "127.0.0.1:4221", Handler: http.HandlerFunc(handler),
		ReadTimeout: limit, WriteTimeout: limit, IdleTimeout: limit,
	}
	stop, _ := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	done := make(chan error)
	go func() {
		<-stop.Done()
		done <- server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	if err := <-done; err != nil {
		log.Fatal(err)
	}
}
