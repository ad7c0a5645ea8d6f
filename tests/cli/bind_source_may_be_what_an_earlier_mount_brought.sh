#!/bin/bash
# A source below the root file system is looked up in the container, where links cannot lead outside; a destination
# that names its place on the host is its place in the container.
. "$(dirname "$0")/lib.sh"

mkdir -p "$work/a/below" "$bundle/rootfs/first" "$bundle/rootfs/second"
echo right > "$work/a/below/file"
configure '.mounts += [
  {destination: "/first", type: "bind", source: $a, options: ["bind"]},
  {destination: "\($r)/second", type: "bind", source: "\($r)/first/below", options: ["rbind"]}]' \
  --arg a "$work/a" --arg r "$bundle/rootfs"
plain=$(cat "$bundle/config.json")
equal "$(inside 'cat /second/file')" right
tare check "$bundle" > "$work/check" || fail "$(cat "$work/check")"
configure '.linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings'
chmod 755 "$work" "$work/a" "$work/a/below"
equal "$(inside 'cat /second/file')" right
# It may be a mount of the host's, which is mapped with the host's rights.
configure '.mounts[-1].options += ["idmap"]'
equal "$(inside 'stat -c %u /first/below/file /second/file')" $'65534\n0'

echo "$plain" > "$bundle/config.json"
ln -s / "$bundle/rootfs/out"
configure '.mounts[-1].source = $s' --arg s "$bundle/rootfs/out$work/a/below"
refused 'no such file or directory' tare run --bundle "$bundle" c1
