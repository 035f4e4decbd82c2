#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tags, MACs and key hashes are compared by libcrypto's CRYPTO_memcmp only: `==` stops at the first difference.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"

find Sources -name '*.swift' -exec awk '
    # `link.tag` names a secret; `tag.count`, a length; an ETag and a language tag are public.
    function secret(operand) {
        gsub(/[^A-Za-z0-9_.]/, "", operand)
        sub(/^.*\./, "", operand)
        return operand ~ /^(tag|mac|hmac|keyHash|signature|digest|.*(Tag|Mac|MAC|KeyHash|Signature|Digest))$/ \
            && operand !~ /^(eTag|entityTag|languageTag)$/
    }
    /^[ \t]*\/\// { next }
    {
        line = $0
        gsub(/[=!]=/, " == ", line)
        words = split(line, word)
        for (i = 2; i < words; i++) {
            if (word[i] != "==" || word[i + 1] ~ /^nil/) continue
            if (secret(word[i - 1]) || secret(word[i + 1])) {
                print FILENAME ":" FNR ": compare in constant time:" $0 > "/dev/stderr"
                bad = 1
            }
        }
    }
    END { exit bad }' {} + || exit 1
