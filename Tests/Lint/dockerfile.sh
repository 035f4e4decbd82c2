#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whatever the Dockerfile copies exists in the repository and is not kept from Docker by .dockerignore;
# and the image installs the packages of all shared libraries that the release binary, where it was built, names.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"
failed=0
count=0
while read -r _ arguments; do
    case $arguments in *--from=*) continue ;; esac
    set -f
    # shellcheck disable=SC2086 # the words of the line are wanted
    set -- $arguments
    set +f
    while [ $# -gt 1 ]; do
        case $1 in
        --*) ;;
        *)
            count=$((count + 1))
            if ! [ -e "$1" ]; then echo "Dockerfile: COPY $1: no such file" >&2; failed=1; fi
            if grep -qxF -e "${1%/}" -e "${1%%/*}" .dockerignore; then echo "Dockerfile: COPY $1: .dockerignore keeps it out" >&2; failed=1; fi
            ;;
        esac
        shift
    done
done < <(grep -E '^(COPY|ADD) ' Dockerfile)
if [ "$count" -eq 0 ]; then echo "Dockerfile: no COPY line found, so this check is blind" >&2; failed=1; fi

binary=.build/release/cartlink
if [ -x "$binary" ] && command -v ldd >/dev/null && command -v readelf >/dev/null && command -v dpkg >/dev/null; then
    # Its own libraries only: apt-get brings what those need in turn.
    needed=$(readelf --dynamic "$binary" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
    run_stage=$(sed -n '/^FROM debian/,$p' Dockerfile)
    while read -r name _ library _; do
        grep -qxF -e "$name" <<<"$needed" || continue
        case $library in */libswift* | */libFoundation* | */lib_Foundation* | */libdispatch* | */libBlocksRuntime*) continue ;; esac
        # Debian 12 knows some libraries by their place before /lib became a link to /usr/lib.
        package=$({ dpkg -S "$library" || dpkg -S "${library#/usr}" || dpkg -S "/usr$library"; } 2>/dev/null | head -n 1 | cut -d: -f1 || true)
        case $package in libc6 | libgcc-s1 | '') continue ;; esac
        if ! grep -qw -e "$package" <<<"$run_stage"; then
            echo "Dockerfile: the binary needs $library, so the run stage must install $package" >&2
            failed=1
        fi
    done < <(ldd "$binary" | grep '=> /')
fi
exit "$failed"
