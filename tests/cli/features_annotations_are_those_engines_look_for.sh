#!/bin/bash
# Shows: feat-11, feat-12, anno-6
. "$(dirname "$0")/lib.sh"

"$TARE" features > "$work/features"
annotation() { jq -r --arg name "$1" '.annotations[$name]' "$work/features"; }
has "$(annotation io.github.seccomp.libseccomp.version)" '^[0-9]+\.[0-9]+\.[0-9]+$'
has "$(annotation org.opencontainers.runc.version)" '^[0-9]+\.[0-9]+\.[0-9]+$'
equal "$(annotation org.opencontainers.runc.checkpoint.enabled)" true
equal "$(annotation tare.version)" "$("$TARE" --version | sed -n 's/^tare version //p')"

# What is listed as unsafe changes our behaviour, here two of them.
equal "$(jq -r '.potentiallyUnsafeConfigAnnotations | join(" ")' "$work/features")" \
  'run.oci.keep_original_groups run.oci.mount_context_type org.systemd.property.'
configure '.process.args = ["id", "-G"] | .annotations = {"run.oci.keep_original_groups": "1"}'
equal "$(setpriv --groups 7,8 "$TARE" --root "$root" run --bundle "$bundle" c1)" '0 7 8'
configure '.annotations = {"run.oci.mount_context_type": "nonesuch"}'
refused '/annotations/run.oci.mount_context_type: expected context' \
  tare run --bundle "$bundle" c1
