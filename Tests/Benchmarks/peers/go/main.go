// SPDX-License-Identifier: Apache-2.0

// A server that does for links what Cartlink's hot path does: decode, HMAC, look up, answer from memory.
package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

type settings struct {
	Address, Tenant, Host, KeyFile, Links string
	Routes                                map[string]struct{ Plain, Gzip *answerFile }
	NotFound, Gone                        *answerFile
}

type server struct {
	ring           *keyRing
	links          *links
	routes         []string
	notFound, gone *answer
}

func (server *server) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	server.answer(request).send(writer, request)
}

func (server *server) answer(request *http.Request) *answer {
	if request.Method != http.MethodGet {
		return server.notFound
	}
	for _, route := range server.routes {
		if strings.HasPrefix(request.URL.Path, route) {
			return server.open(request.URL.Path[len(route):], route, request)
		}
	}
	return server.notFound
}

// open goes in Cartlink's order: the tag before the record, the record before the answer.
func (server *server) open(text, route string, request *http.Request) *answer {
	token, ok := decode(text)
	if !ok || !server.ring.isGenuine(&token) {
		return server.notFound
	}
	link := server.links.find(*(*linkID)(token[1:17]))
	if link == nil {
		return server.notFound
	}
	if link.revoked || !time.Now().Before(link.expires) {
		return server.gone
	}
	return link.answers[route].choose(request)
}

func start(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var settings settings
	if err := json.Unmarshal(text, &settings); err != nil {
		return err
	}
	server, err := newServer(&settings)
	if err != nil {
		return err
	}
	listener := http.Server{
		Addr:              settings.Address,
		Handler:           server,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       time.Minute,
	}
	return listener.ListenAndServe()
}

func newServer(settings *settings) (*server, error) {
	made := &server{ring: newKeyRing(settings.Tenant, settings.Host)}
	if err := made.readKeys(settings.KeyFile); err != nil {
		return nil, err
	}
	answers := map[string]*routeAnswers{}
	for route, files := range settings.Routes {
		plain, err := files.Plain.read()
		if err != nil {
			return nil, err
		}
		gzip, err := files.Gzip.read()
		if err != nil {
			return nil, err
		}
		answers[route] = &routeAnswers{plain: plain, gzip: gzip}
		made.routes = append(made.routes, route)
	}
	var err error
	if made.notFound, err = settings.NotFound.read(); err != nil {
		return nil, err
	}
	if made.gone, err = settings.Gone.read(); err != nil {
		return nil, err
	}
	made.links, err = readLinks(settings.Links, answers)
	return made, err
}

// readKeys reads Cartlink's own key file: `<slot> <state> <created> <64 hex digits>`.
func (server *server) readKeys(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(strings.SplitN(line, "#", 2)[0])
		if len(words) == 0 {
			continue
		}
		if len(words) != 4 || len(words[0]) != 1 || words[0] > "7" {
			return fmt.Errorf("%s: unknown form", path)
		}
		secret, err := hex.DecodeString(words[3])
		if err != nil {
			return fmt.Errorf("%s: a key is no hex", path)
		}
		server.ring.add(int(words[0][0]-'0'), secret)
	}
	return nil
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: peer SETTINGS.json")
	}
	log.Fatal(start(os.Args[1]))
}
