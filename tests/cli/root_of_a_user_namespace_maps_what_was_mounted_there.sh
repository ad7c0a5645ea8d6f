#!/bin/bash
# Shows: mounts-15, mounts-18, mounts-19
# tare as root of a user namespace, which is how engines of ordinary users run it: file systems that were mounted
# in it can be idmapped, those of the host cannot.
. "$(dirname "$0")/lib.sh"
command -v newuidmap > /dev/null || skip 'no newuidmap (package uidmap)'

echo root:100000:65536 > "$work/subordinate"
mount --bind "$work/subordinate" /etc/subuid
mount --bind "$work/subordinate" /etc/subgid
mkdir "$work/volume" "$root"
configure 'del(.linux.cgroupsPath) | .mounts |= map(select(.destination != "/sys"))
  | .linux.namespaces += [{type: "user"}]
  | .linux.uidMappings = [{containerID: 0, hostID: 1000, size: 1000}] | .linux.gidMappings = .linux.uidMappings
  | .mounts += [{destination: "/data", source: $v, options: ["bind", "idmap"]},
      {destination: "/fresh", type: "tmpfs", source: "fresh", options: ["idmap", "uid=3"],
       uidMappings: [{containerID: 0, hostID: 1005, size: 10}], gidMappings: [{containerID: 0, hostID: 1000, size: 10}]},
      {destination: "/host", source: "rootfs", options: ["bind"]}]' --arg v "$work/volume"
script 'stat -c %u:%g /data/file /fresh; touch /data/new; grep -c idmapped /proc/self/mountinfo'
jq '.mounts[-1].options += ["idmap"]' "$bundle/config.json" > "$bundle/refused.json"
chown -R 101000:101000 "$bundle"
chown 100000:100000 "$root" "$work/volume"
chmod 700 "$root"
cat > "$work/inside.sh" <<END
set -e
mount -t proc proc /proc
mount -t tmpfs volume $work/volume
install -o 5 -g 6 /dev/null $work/volume/file
$TARE --root $root run --bundle $bundle c1
stat -c %u:%g $work/volume/new
$TARE --root $root run --bundle $bundle --config refused.json c1
END
status=0
unshare --user --map-users=100000,0,65536 --map-groups=100000,0,65536 --setuid 0 --setgid 0 \
  --fork --pid --mount bash "$work/inside.sh" > "$work/out" 2> "$work/err" || status=$?
equal "$(cat "$work/out")" $'5:6\n8:0\n2\n0:0' "$(cat "$work/err")"
equal $status 1
has "$(cat "$work/err")" 'mount #7 rootfs at /host: id mapping: operation not permitted \(file system type .* belongs to a'
umount /etc/subuid /etc/subgid
