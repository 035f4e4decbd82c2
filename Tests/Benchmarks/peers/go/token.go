// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math/bits"
	"sync"
)

type linkID [16]byte

const tokenLength = 49

// One number for each byte: its base62 digit, or 255.
var digits = func() (table [256]byte) {
	for i := range table {
		table[i] = 255
	}
	for i, c := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" {
		table[c] = byte(i)
	}
	return
}()

// number reads base62 digits; false where one is none, or where they need more than 64 bits.
func number(text string) (uint64, bool) {
	var value uint64
	for i := 0; i < len(text); i++ {
		digit := digits[text[i]]
		high, low := bits.Mul64(value, 62)
		sum, carry := bits.Add64(low, uint64(digit), 0)
		if digit == 255 || high != 0 || carry != 0 {
			return 0, false
		}
		value = sum
	}
	return value, true
}

// decode reads the 33 bytes of a token: header 1, link id 16, tag 16.
func decode(text string) (token [33]byte, ok bool) {
	if len(text) != tokenLength || text[:3] != "cl1" {
		return token, false
	}
	for group := 0; group < 4; group++ {
		value, ok := number(text[3+group*11 : 14+group*11])
		if !ok {
			return token, false
		}
		binary.BigEndian.PutUint64(token[group*8:], value)
	}
	last, ok := number(text[47:])
	if !ok || last > 255 || token[0]>>5 != 0 {
		return token, false
	}
	token[32] = byte(last)
	return token, true
}

// keyRing checks tags with the key of each slot. A hash.Hash that was Reset keeps its key's blocks hashed, so they are pooled.
type keyRing struct {
	prefix []byte
	pools  [8]*sync.Pool
}

func newKeyRing(tenant, host string) *keyRing {
	prefix := append([]byte("cartlink/1"), byte(len(tenant)))
	prefix = append(append(prefix, tenant...), byte(len(host)))
	return &keyRing{prefix: append(prefix, host...)}
}

func (ring *keyRing) add(slot int, secret []byte) {
	ring.pools[slot] = &sync.Pool{New: func() any { return hmac.New(sha256.New, secret) }}
}

func (ring *keyRing) isGenuine(token *[33]byte) bool {
	pool := ring.pools[token[0]&7]
	if pool == nil {
		return false
	}
	mac := pool.Get().(hash.Hash)
	mac.Reset()
	mac.Write(ring.prefix)
	mac.Write(token[:17])
	var sum [sha256.Size]byte
	genuine := hmac.Equal(mac.Sum(sum[:0])[:16], token[17:])
	pool.Put(mac)
	return genuine
}
