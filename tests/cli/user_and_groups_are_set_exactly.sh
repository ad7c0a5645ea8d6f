#!/bin/bash
# Shows: user-1, user-2, user-5, user-6
. "$(dirname "$0")/lib.sh"

configure '.process.user = {uid: 1000, gid: 2000, additionalGids: [3000, 4000]}'
equal "$(inside 'grep -E "^(Uid|Gid|Groups):" /proc/self/status | tr -s "\t " " "')" \
  $'Uid: 1000 1000 1000 1000\nGid: 2000 2000 2000 2000\nGroups: 3000 4000 '
configure '.process.user.additionalGids = [3000, 4000, 3000]'
equal "$(inside 'grep -E "^Groups:" /proc/self/status | tr -s "\t " " "')" 'Groups: 3000 4000 '
configure '.process.user = {uid: 1000, gid: 2000}'
equal "$(inside 'grep -E "^Groups:" /proc/self/status | tr -s "\t " " "')" 'Groups: '
# Absent ids are root's.
ids='grep -E "^(Uid|Gid):" /proc/self/status | tr -s "\t " " "'
configure '.process.user = {}'
equal "$(inside "$ids")" $'Uid: 0 0 0 0\nGid: 0 0 0 0'
configure 'del(.process.user)'
equal "$(inside "$ids")" $'Uid: 0 0 0 0\nGid: 0 0 0 0'
# In a user namespace they are its own.
configure '.linux.namespaces += [{type: "user"}] | .process.user = {uid: 1000, gid: 2000, additionalGids: [3000]}
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}]
  | .linux.gidMappings = [{containerID: 0, hostID: 200000, size: 65536}]'
chown -R 100000:200000 "$bundle/rootfs"
arguments /bin/true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(grep -E '^(Uid|Gid|Groups):' "/proc/$(pid_of)/status" | tr -s '\t ' ' ')" \
  $'Uid: 101000 101000 101000 101000\nGid: 202000 202000 202000 202000\nGroups: 203000 '
tare delete c1
