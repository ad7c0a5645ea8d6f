#!/bin/bash
# Shows: gen-5, gen-10, op-create-6
. "$(dirname "$0")/lib.sh"

while read -r filter pointer; do
  plain_config > "$bundle/config.json"
  configure "$filter"
  refused "config\.json: $pointer: " tare create --bundle "$bundle" c1
  nothing_left
done << 'END'
.process.user.uid="0" /process/user/uid
.process.user.uid=-1 /process/user/uid
.process.user.uid=1.5 /process/user/uid
.process.user.uid=4294967296 /process/user/uid
.process.args="sh" /process/args
.process.args=[1] /process/args/0
.process.terminal="no" /process/terminal
.linux.namespaces[0].type=7 /linux/namespaces/0/type
.mounts[1].options="ro" /mounts/1/options
.root="rootfs" /root
.hostname=7 /hostname
.linux.resources={memory:{limit:"64m"}} /linux/resources/memory/limit
END
