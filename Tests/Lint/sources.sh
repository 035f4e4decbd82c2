#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Each source file names its licence and stays under 350 lines, and each `@unchecked Sendable` says why it holds.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"
failed=0
complain() { echo "$1" >&2; failed=1; }

# What is written by hand; build products, virtual environments and recorded inputs are not.
sources() {
    local places=()
    for place in Package.swift Makefile Dockerfile .ci Sources Tests config; do
        if [ -e "$place" ]; then places+=("$place"); fi
    done
    find "${places[@]}" \( -name .build -o -name .venv -o -name node_modules -o -name __pycache__ -o -name Fixtures \) -prune -o -type f \
        \( -name '*.swift' -o -name '*.h' -o -name '*.c' -o -name '*.py' -o -name '*.sh' -o -name '*.policy' -o -name '*.yaml' -o -name '*.conf' \
        -o -name '*.js' -o -name '*.css' -o -name Makefile -o -name Dockerfile -o -path '.ci/*' \) -print
}

while read -r file; do
    # The second line may hold it too: the first is taken in scripts and in Package.swift.
    awk 'NR <= 2 && /SPDX-License-Identifier: Apache-2\.0/ { found = 1 } END { exit !found }' "$file" \
        || complain "$file:1: the SPDX licence line is missing"
    case $file in
    *.swift | *.py | *.sh | *.h | *.c | *.js | *.css)
        lines=$(awk 'END { print NR }' "$file")
        if [ "$lines" -gt 350 ]; then complain "$file: $lines lines; 350 is the limit, so cut it by concept"; fi
        ;;
    esac
    case $file in
    *.swift)
        # Attributes may stand between the comment and the declaration.
        awk -v file="$file" '
            /@unchecked Sendable/ && !/^[ \t]*\/\// && !proven { print file ":" NR ": @unchecked Sendable needs a comment above it that proves it" > "/dev/stderr"; bad = 1 }
            { if ($0 ~ /^[ \t]*\/\//) proven = 1; else if ($0 !~ /^[ \t]*@[A-Za-z]+(\([^)]*\))?[ \t]*$/) proven = 0 }
            END { exit bad }' "$file" || failed=1
        ;;
    esac
done < <(sources | sort)

exit "$failed"
