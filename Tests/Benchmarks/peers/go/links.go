// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"sync"
	"time"
)

// link is a record with its answers ready to send.
type link struct {
	expires time.Time
	revoked bool
	answers map[string]*routeAnswers
}

// links are looked up for each request, so a revocation holds from the next one on.
type links struct {
	lock sync.RWMutex
	byID map[linkID]*link
}

func (all *links) find(id linkID) *link {
	all.lock.RLock()
	defer all.lock.RUnlock()
	return all.byID[id]
}

// readLinks reads lines of `<id as hex> <expiry, Unix seconds>`; each link gets bytes of its own, as a cache would hold them.
func readLinks(path string, answers map[string]*routeAnswers) (*links, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	all := &links{byID: map[linkID]*link{}}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var text string
		var expires int64
		if _, err := fmt.Sscan(lines.Text(), &text, &expires); err != nil {
			return nil, err
		}
		var id linkID
		if count, err := hex.Decode(id[:], []byte(text)); err != nil || count != len(id) {
			return nil, fmt.Errorf("%s: %q is no link id", path, text)
		}
		own := map[string]*routeAnswers{}
		for route, shared := range answers {
			own[route] = shared.copy()
		}
		all.byID[id] = &link{expires: time.Unix(expires, 0), answers: own}
	}
	return all, lines.Err()
}
