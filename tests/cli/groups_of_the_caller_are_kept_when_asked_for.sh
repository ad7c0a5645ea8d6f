#!/bin/bash
# run.oci.keep_original_groups, of crun: Podman sets it for --group-add keep-groups, Buildah too.
# Shows: anno-6
. "$(dirname "$0")/lib.sh"

groups='grep Groups: /proc/self/status | tr -s "\t " " "'
asking() {  # VALUE
  configure '.annotations = {"run.oci.keep_original_groups": $k}' --arg k "$1"
  script "$groups"
  setpriv --groups 5,77 "$TARE" --root "$root" run --bundle "$bundle" c1
}
equal "$(asking 1)" 'Groups: 5 77 '
equal "$(asking true)" 'Groups: 5 77 '
equal "$(asking 0)" 'Groups: '
equal "$(asking false)" 'Groups: '
refused 'keep_original_groups: expected 0 or 1, got "perhaps"' asking perhaps
# Of a user namespace: as it sees them.
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = [{containerID: 0, hostID: 0, size: 70}]'
chown -R 100000:0 "$bundle/rootfs"
equal "$(asking 1)" 'Groups: 5 65534 '
equal "$(asking false)" 'Groups: '
