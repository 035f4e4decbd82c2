// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"os"
	"strconv"
	"strings"
)

type field struct {
	name   string
	values []string
}

// answer is a status, headers and a body, ready to send.
type answer struct {
	status int
	fields []field
	etag   string
	body   []byte
}

// routeAnswers are the answers of one route: plain, and compressed where Cartlink compresses there.
type routeAnswers struct {
	plain, gzip *answer
}

type answerFile struct {
	Status  int
	Headers [][2]string
	Body    string
}

func (file *answerFile) read() (*answer, error) {
	if file == nil {
		return nil, nil
	}
	body, err := os.ReadFile(file.Body)
	if err != nil {
		return nil, err
	}
	made := &answer{status: file.Status, body: body}
	for _, header := range file.Headers {
		made.fields = append(made.fields, field{header[0], []string{header[1]}})
		if header[0] == "ETag" {
			made.etag = header[1]
		}
	}
	made.fields = append(made.fields, field{"Content-Length", []string{strconv.Itoa(len(body))}})
	return made, nil
}

func (both *routeAnswers) copy() *routeAnswers {
	return &routeAnswers{plain: both.plain.copy(), gzip: both.gzip.copy()}
}

func (one *answer) copy() *answer {
	if one == nil {
		return nil
	}
	fields := append([]field(nil), one.fields...)
	return &answer{status: one.status, fields: fields, etag: one.etag, body: append([]byte(nil), one.body...)}
}

func (both *routeAnswers) choose(request *http.Request) *answer {
	if both.gzip != nil && strings.Contains(request.Header.Get("Accept-Encoding"), "gzip") {
		return both.gzip
	}
	return both.plain
}

func (one *answer) send(writer http.ResponseWriter, request *http.Request) {
	header := writer.Header()
	notModified := one.etag != "" && request.Header.Get("If-None-Match") == one.etag
	for _, field := range one.fields {
		if notModified && (field.name == "Content-Length" || field.name == "Content-Type") {
			continue
		}
		header[field.name] = field.values
	}
	if notModified {
		writer.WriteHeader(http.StatusNotModified)
		return
	}
	writer.WriteHeader(one.status)
	writer.Write(one.body)
}
