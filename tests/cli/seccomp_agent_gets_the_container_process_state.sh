#!/bin/bash
# Shows: notify-9, notify-13
. "$(dirname "$0")/lib.sh"

start_agent
notify_mkdir
configure '.annotations = {"a": "1"}'
sleeper
for new_privileges in true false; do
  configure ".process.noNewPrivileges = $new_privileges"
  : > "$work/states"
  # Before create returns: no start is needed.
  tare create --bundle "$bundle" c1 < /dev/null > "$work/out" 2>&1
  eventually test -s "$work/states"
  equal "$(jq --sort-keys --compact-output . "$work/states")" "$(jq --null-input --sort-keys --compact-output '
    {ociVersion: "1.3.0", fds: ["seccompFd"], pid: $pid, metadata: "agent", state:
     {ociVersion: "1.3.0", id: "c1", status: "creating", pid: $pid, bundle: $bundle, annotations: {a: "1"}}}' \
    --argjson pid "$(pid_of)" --arg bundle "$bundle")"
  tare delete --force c1
done

configure 'del(.linux.seccomp.listenerMetadata)'
: > "$work/states"
tare run --detach --bundle "$bundle" c1 < /dev/null > "$work/out" 2>&1
eventually test -s "$work/states"
equal "$(jq 'has("metadata")' "$work/states")" false
tare delete --force c1
