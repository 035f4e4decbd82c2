#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fuzz targets and runs each for some seconds; stops at the first finding.
# usage: Tests/Fuzz/run.sh [seconds for each target] [target, or filter, policy, scrubber in turn]
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
seconds="${1:-600}"
shift || true
if [ $# -eq 0 ]; then set -- filter policy scrubber; fi
build="$root/.build/fuzz"
findings="$root/.build/fuzz-findings"
# Swift's own crash report would take the place of libFuzzer's.
export SWIFT_BACKTRACE=enable=no
# Swift's tagged pointers look like leaks; a real one runs into the memory limit.
export ASAN_OPTIONS=detect_leaks=0
# The same input takes the same way, so that coverage tells something.
export SWIFT_DETERMINISTIC_HASHING=1

echo "==> building with libFuzzer and AddressSanitizer"
# The flags reach the Redaction module too, so that its branches guide the search and its pointers are watched.
swift build -c release --package-path "$root/Tests/Fuzz" --scratch-path "$build" -Xswiftc -sanitize=fuzzer,address
rm -f "$root/Tests/Fuzz/Package.resolved"

mkdir -p "$findings"
for target in "$@"; do
    echo "==> $target: $seconds seconds"
    # What earlier runs found worth keeping is under .build; the seeds in the tree are only read.
    found="$build/corpus-$target"
    mkdir -p "$found"
    if ! "$build/release/fuzz-$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=4096 \
        -print_final_stats=1 -verbosity=1 -dict="$root/Tests/Fuzz/$target.dict" -artifact_prefix="$findings/$target-" \
        "$found" "$root/Tests/Fuzz/Corpus/$target" 2>&1 | tee "$build/$target.log" | awk '
            # One line a minute tells that it goes on; what is found is shown in full.
            /^#[0-9]+/ && !isFound { if (systime() - last >= 60) { print; fflush(); last = systime() } next }
            /broken:|ERROR|Fatal error|ALARM/ { isFound = 1 }
            isFound || /^stat::|^Done|^INFO: seed/ { print; fflush() }'; then
        echo >&2
        echo "$target has a finding. The input is the newest file of .build/fuzz-findings. To see it again:" >&2
        echo "  ASAN_OPTIONS=detect_leaks=0 .build/fuzz/release/fuzz-$target .build/fuzz-findings/$target-…" >&2
        echo "To make it smaller, put -minimize_crash=1 -runs=10000 before the file." >&2
        echo "Once it is mended, copy it to Tests/RedactionTests/FailCases/$target/ under a name that says what it shows." >&2
        exit 1
    fi
done
