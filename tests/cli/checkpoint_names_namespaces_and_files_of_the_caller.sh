#!/bin/bash
# A namespace joined by path is not dumped, nor is a file that the caller gave as standard stream.
. "$(dirname "$0")/lib.sh"

fake_criu
sleeper
unshare --net sleep 1000 &
eventually test "$(readlink /proc/self/ns/net)" != "$(readlink /proc/$!/ns/net)"
configure '(.linux.namespaces[] | select(.type == "network")).path = $path
  | .annotations = {"org.criu.config": "criu.conf"}' --arg path "/proc/$!/ns/net"
tare run --detach --bundle "$bundle" c1 < /dev/null > "$work/output" 2> /dev/null
tare checkpoint --image-path "$images" c1
inode=$(stat -Lc %i "/proc/$!/ns/net")
equal "$(asked '.opts.external[0]')" "\"net[$inode]:extRootNetNS\""
file=$(asked '.opts.external[1]')
has "$file" "^\"file\[[0-9a-f]+:$(printf %x "$(stat -c %i "$work/output")")\]\"\$"
equal "$(jq -c '.[1]' "$images/descriptors.json")" "$file"
equal "$(asked .opts.config_file)" "\"$bundle/criu.conf\""

tare restore --detach --image-path "$images" --bundle "$bundle" c1 < /dev/null > /dev/null 2>&1
equal "$(asked '.opts.inherit_fd')" "[[$file,1],[\"extRootNetNS\",4]]"
tare delete --force c1
