#!/usr/bin/env bash
# What a new user does, from the README, against the real binary: the one named, or one built for it.
#   bash tests/cli/first-run.sh [BINARY]
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -gt 0 ] || cargo build --quiet -p fieldquote-cli --locked
bin="$(realpath "${1:-${CARGO_TARGET_DIR:-target}/debug/fieldquote}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export FIELDQUOTE_HOME="$work/profile" FIELDQUOTE_PASSPHRASE="a long passphrase"
export FIELDQUOTE_NOW=2026-11-23T09:30:00Z FIELDQUOTE_SEED=7

# One value of a JSON document on stdin, by its path: `field questions 0 slot`.
field() {
  python3 -c '
import json, sys
value = json.load(sys.stdin)
for name in sys.argv[1:]:
    value = value[int(name)] if isinstance(value, list) else value[name]
print(value if isinstance(value, str) else json.dumps(value))' "$@"
}
is() { [ "$2" = "$3" ] || { echo "first run: $1 is “$2”, not “$3”" >&2; exit 1; }; }

"$bin" --home "$work/demo" demo > "$work/demo.txt"
grep -q '^event *workflow.completed' "$work/demo.txt"
ls "$work"/demo/Q-*.pdf > "$work/demo-pdf.txt"

"$bin" --json init --sample > "$work/init.json"
is "who works here" "$(field profile user < "$work/init.json")" Mike

"$bin" --json chat "120 cases of 10412 for Cedar Falls, 2026-2027, with pdf" > "$work/asked.json"
draft="$(field draft_id < "$work/asked.json")"
is "the open question" "$(field questions 0 slot < "$work/asked.json")" customer
if "$bin" --json draft submit "$draft" > "$work/early.json" 2> "$work/early.err"; then
  echo "first run: a draft with an open question was submitted" >&2
  exit 1
fi
is "the refusal" "$(field error code < "$work/early.err")" draft_incomplete
"$bin" --json chat "the Iowa one" --draft "$draft" > "$work/answer.json"
is "ready" "$(field ready < "$work/answer.json")" true

"$bin" --json draft submit "$draft" > "$work/submitted.json"
quote="$(field quote_id < "$work/submitted.json")"
"$bin" --json action approve "$(field action_id < "$work/submitted.json")" > "$work/approved.json"
is "the run" "$(field run_status < "$work/approved.json")" awaiting_approval
"$bin" --json action approve "$(field next_action < "$work/approved.json")" --note "as agreed" > "$work/released.json"
is "the run" "$(field run_status < "$work/released.json")" completed
run="$(field run_id < "$work/released.json")"

email="$("$bin" --json action edit "$(field next_action < "$work/released.json")" \
  --subject "Your price quote" | field action_id)"
"$bin" --json action approve "$email" > "$work/email.json"
is "the email's run" "$(field run_status < "$work/email.json")" completed

"$bin" verify | grep -q "quote_persisted *passed"
"$bin" run show "$run" | grep -q "ended completed"
"$bin" quote pdf "$quote" --out "$work/quote.pdf" > "$work/pdf.txt"
head -c 5 "$work/quote.pdf" | grep -q '%PDF-'
"$bin" audit verify > "$work/audit.txt"
grep -q "every signature and every link holds" "$work/audit.txt"

"$bin" backup "$work/all.backup" > "$work/backup.txt"
"$bin" --home "$work/other" restore "$work/all.backup" > "$work/restore.txt"
is "the restored total" "$("$bin" --home "$work/other" --json quote show "$quote" | field total)" \
  "$("$bin" --json quote show "$quote" | field total)"
"$bin" --home "$work/other" --json doctor > "$work/doctor.json"
is "the restored profile" "$(field ok < "$work/doctor.json")" true
echo "first run: ok"
