#!/bin/bash
. "$(dirname "$0")/lib.sh"

"$TARE" features > "$work/features" 2> "$work/err"
equal "$(cat "$work/err")" '' 'CRI-O reads both streams together'
equal "$(jq -r .ociVersionMin "$work/features")" 1.0.0
equal "$(jq -r .ociVersionMax "$work/features")" 1.3.0
equal "$(jq -r '.hooks | join(" ")' "$work/features")" \
  'prestart createRuntime createContainer startContainer poststart poststop'
equal "$(jq -r '.linux.namespaces | sort | join(" ")' "$work/features")" \
  'cgroup ipc mount network pid time user uts'
has "$(jq -r '.mountOptions[]' "$work/features")" '^rro$'
grep -q '^    "' "$work/features" || fail 'not indented by four spaces'
