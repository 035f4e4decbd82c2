#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Imports point one way: cartlink -> server, stores, webhooks and sources (over OutgoingHTTP), metrics -> domain -> libcrypto. Adapters don't know each other.
set -euo pipefail
cd "${1:-$(dirname "$0")/../..}"

# What comes with Swift: not a package.
toolchain="Foundation FoundationEssentials Synchronization Dispatch Glibc Musl Darwin"
domain="ShareLinks Redaction Logins"

# The modules of ours that a target may import; "packages" stands for any module that isn't ours.
allowed() {
    case $1 in
    ShareLinks | Redaction | Logins) echo "COpenSSL" ;;
    StoreSQL) echo "ShareLinks" ;;
    SQLiteStore) echo "ShareLinks StoreSQL packages" ;;
    PostgresStore) echo "ShareLinks StoreSQL CPostgres" ;;
    OutgoingHTTP) echo "packages" ;;
    Webhooks) echo "OutgoingHTTP ShareLinks packages" ;;
    CartSources) echo "OutgoingHTTP Redaction ShareLinks packages" ;;
    PrometheusMetrics) echo "packages" ;;
    CartlinkServer) echo "CZlib $domain packages" ;;
    cartlink) echo "CartlinkServer CartSources StoreSQL SQLiteStore PostgresStore PrometheusMetrics OutgoingHTTP Webhooks $domain packages" ;;
    COpenSSL | CZlib | CPostgres) echo "" ;;
    *) return 1 ;;
    esac
}

contains() { case " $1 " in *" $2 "*) return 0 ;; *) return 1 ;; esac; }

failed=0
ours=$(ls Sources | tr '\n' ' ')
for target in $ours; do
    if ! rules=$(allowed "$target"); then
        echo "Sources/$target: say in $0 what it may import" >&2
        failed=1
        continue
    fi
    while read -r place module; do
        if [ "$module" = "$target" ] || contains "$toolchain $rules" "$module"; then continue; fi
        if contains "$rules" packages && ! contains "$ours" "$module"; then continue; fi
        echo "$place: $target must not import $module" >&2
        failed=1
    done < <(
        find "Sources/$target" -name '*.swift' -exec awk '
            /^[ \t]*((@[A-Za-z_]+(\([^)]*\))?|public|package|internal|private|fileprivate)[ \t]+)*import[ \t]/ {
                line = $0
                sub(/^.*import[ \t]+/, "", line)
                sub(/^(struct|class|enum|protocol|func|var|let|typealias|actor)[ \t]+/, "", line)
                sub(/[^A-Za-z0-9_].*$/, "", line)
                print FILENAME ":" FNR, line
            }' {} +
    )
done
exit "$failed"
