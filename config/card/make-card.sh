#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Draws the default card picture from card.html with headless Chromium: 1200x630, as all networks take it.
set -euo pipefail
cd "$(dirname "$0")"
out=${1:-../../Sources/CartlinkServer/Pages/Assets/card.png}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 --user-data-dir="$profile" \
    --window-size=1200,630 --screenshot="$(realpath "$out")" "file://$PWD/card.html" 2>/dev/null
ls -l "$out"
