#!/usr/bin/env bash
# The package as a person gets it: it installs, its window opens over a new profile, and it goes without a trace.
#   bash tests/package/deb.sh PACKAGE.deb      needs root, Xvfb, tauri-driver and WebKitWebDriver
set -euo pipefail
cd "$(dirname "$0")/../.."

package=$(realpath "$1")
name=$(dpkg-deb -f "$package" Package)
before=$(mktemp)
dpkg-query -W -f '${Package}\n' >"$before"

step() { echo "== $1"; }

step "installs"
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null
dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}\n' "$name"
files=$(dpkg -L "$name" | while read -r path; do [ -f "$path" ] && echo "$path"; done)
echo "$files"
binary=$(echo "$files" | grep '^/usr/bin/fieldquote-desktop$')
echo "$files" | grep -q '\.desktop$'
grep -q 'x-scheme-handler/fieldquote' $(echo "$files" | grep '\.desktop$')
if ldd "$binary" /usr/bin/fieldquote | grep "not found"; then exit 1; fi
/usr/bin/fieldquote contract list >/dev/null

step "starts"
FIELDQUOTE_WINDOW=$binary node tests/package/starts.mjs

step "uninstalls"
DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq "$name" >/dev/null
for file in $files; do
  if [ -e "$file" ]; then echo "left behind: $file"; exit 1; fi
done
if dpkg-query -W "$name" 2>/dev/null | grep -q .; then echo "$name is still known"; exit 1; fi
echo "It installs, starts and uninstalls."
