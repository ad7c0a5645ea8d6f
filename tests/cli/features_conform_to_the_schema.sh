#!/bin/bash
# By the specification's own JSON schema.
# Shows: feat-2, feat-3, feat-11
. "$(dirname "$0")/lib.sh"

validate() { "$source_root/tests/spec/validate" features-schema "$@"; }
vectors=$source_root/tests/spec/vectors/features

# The validator tells good from bad.
validate "$vectors"/good/*.json || fail 'the good documents of the specification'
for bad in "$vectors"/bad/*.json; do
  if validate "$bad" > /dev/null; then fail "$bad"; fi
done

"$TARE" features > "$work/features.json"
validate "$work/features.json" || fail 'our document'
for damage in 'del(.ociVersionMin)' '.hooks = "prestart"' '.linux.seccomp.enabled = "yes"' \
  '.linux.namespaces[0] = "nonesuch"' '.linux.capabilities[0] = "chown"' '.annotations.x = 1' \
  '.linux.mountExtensions.idmap.enabled = null'; do
  jq "$damage" "$work/features.json" > "$work/damaged.json"
  if validate "$work/damaged.json" > /dev/null; then fail "conforms with: $damage"; fi
done

# Members that the schema leaves open: nothing is null, which would mean "unknown".
equal "$(jq '[.. | nulls] | length' "$work/features.json")" 0
equal "$(jq -c '.linux | [.intelRdt.enabled, .intelRdt.schemata, .intelRdt.monitoring, .memoryPolicy.modes,
  .memoryPolicy.flags, .mountExtensions.idmap.enabled, .netDevices.enabled, .apparmor.enabled,
  .selinux.enabled, .cgroup.rdma] | map(type)' "$work/features.json")" \
  '["boolean","boolean","boolean","array","array","boolean","boolean","boolean","boolean","boolean"]'
