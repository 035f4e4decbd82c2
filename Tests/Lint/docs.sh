#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Paths and links named in the documentation exist, so that "shown by this test" stays true.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"
failed=0

while IFS=: read -r page path; do
    # `config/policies/<format>.policy` stands for many.
    case $path in *[\<\{\*]*) continue ;; esac
    if ! [ -e "$path" ]; then echo "$page: names $path, which does not exist" >&2; failed=1; fi
done < <(grep -roE --include='*.md' '`(Sources|Tests|config|docs)/[^` ]+`' README.md docs Tests/Fuzz/README.md | tr -d '`')

while IFS=: read -r page link; do
    target="$(dirname "$page")/$(sed -E 's/^\]\((.*)\)$/\1/; s/#.*$//' <<<"$link")"
    if ! [ -e "$target" ]; then echo "$page: links to $target, which does not exist" >&2; failed=1; fi
done < <(grep -roE --include='*.md' '\]\([A-Za-z0-9._/-]+(#[^)]*)?\)' README.md docs Tests/Fuzz/README.md)

exit "$failed"
