#!/bin/bash
# keyctl(2): named _ses.ID, with the rights runc gives, and in a user namespace also for who has another uid.
. "$(dirname "$0")/lib.sh"

# UID SEQ FLAGS PERMISSIONS …, see /proc/keys in keyrings(7)
configure '.linux.maskedPaths = []'
script "grep -E ' _ses\\.$tag' /proc/keys | tr -s ' ' | cut -d ' ' -f 5"
rights() { tare run --bundle "$bundle" "$tag$1"; }
equal "$(rights '')" 3f1b0000
configure '.process.user = {uid: 1000, gid: 1000}'
equal "$(rights '')" 3f1b0000
configure '.linux.namespaces += [{type: "user"}] | .process.user = {uid: 0, gid: 0}
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings'
chown -R 100000:100000 "$bundle/rootfs"
equal "$(rights '')" 3f1b0008
