#!/bin/bash
# Root of the container's user namespace cannot lift what mounts of the host forbid or the configuration forbids for
# them, nor uncover what they cover (mount_namespaces(7)), whatever its capabilities.
. "$(dirname "$0")/lib.sh"

chown -R 100000:100000 "$bundle/rootfs"
configure '.linux.namespaces += [{type: "user"}] | .process.capabilities |= map_values(["CAP_SYS_ADMIN"])
  | .linux.uidMappings = [{containerID: 0, hostID: 100000, size: 65536}] | .linux.gidMappings = .linux.uidMappings
  | .mounts += [{destination: "/m", type: "bind"}]'
mkdir "$bundle/rootfs/m" "$bundle/rootfs/x" "$work/source" "$work/strict"
mount -t tmpfs -o uid=100000 tmpfs "$work/source"
mkdir "$work/source/below"
touch "$work/source/below/covered"
mount -t tmpfs -o uid=100000 tmpfs "$work/source/below"
touch "$work/source/below/seen"

# lift MOUNT, inside: clears all flags of it that are not locked, writes to it, and tells its flags.
lift='lift() { mount -o remount,bind,rw,suid,dev,exec "$1" 2> /dev/null && echo "lifted $1"; touch "$1/new" 2> /dev/null && rm "$1/new" && echo "written $1"
  awk -v at="$1" "\$5 == at { print \$6 }" /proc/self/mountinfo; }'
# bound FLAGS_OF_THE_SOURCE OPTIONS SCRIPT
bound() {
  mount -o "remount,bind,rw,suid,dev,exec,$1" "$work/source/below"
  mount -o "remount,bind,rw,suid,dev,exec,$1" "$work/source"
  mounts_before=$(cat /proc/self/mountinfo)
  configure '.mounts[-1] += {source: $s, options: ($o | split(","))}' --arg s "${source:-$work/source}" --arg o "$2"
  inside "$lift; $3"
}
for flag in nosuid nodev noexec; do
  equal "$(bound $flag bind 'lift /m')" $'written /m\nrw,'$flag,relatime
  equal "$(bound suid bind,$flag 'lift /m')" $'written /m\nrw,'$flag,relatime
done
equal "$(bound ro bind 'lift /m')" ro,relatime
equal "$(bound ro bind,nosuid 'lift /m')" ro,nosuid,relatime
equal "$(bound rw bind,ro 'lift /m')" ro,relatime
equal "$(bound rw bind 'lift /m')" $'lifted /m\nwritten /m\nrw,relatime'

# What is mounted below, too.
equal "$(bound ro rbind 'lift /m; lift /m/below')" $'ro,relatime\nro,relatime'
equal "$(bound rw rbind,rro 'lift /m; lift /m/below')" $'ro,relatime\nro,relatime'
equal "$(bound rw rbind,ro 'lift /m; lift /m/below')" $'ro,relatime\nlifted /m/below\nwritten /m/below\nrw,relatime'
equal "$(bound rw rbind 'umount /m/below || mount --bind /m /x || ls /m/below' 2> "$work/err")" seen
has "$(cat "$work/err")" "can't unmount /m/below"
refused 'bind at /m: mount_setattr: operation not permitted .the host.s mount has flags' bound ro rbind,rrw 'lift /m'

# A bind without what is mounted below it shows what is covered: so the configuration says.
equal "$(bound ro bind 'ls /m/below; lift /m')" $'covered\nro,relatime'

# A source that has no path, and one that the container's root could not have reached.
exec {held}< "$work/source"
equal "$(source=/proc/self/fd/$held bound ro bind 'lift /m')" ro,relatime
exec {held}<&-
mount --bind "$work/source" "$work/strict"
chmod 700 "$work"
equal "$(source=$work/strict bound ro bind 'lift /m')" ro,relatime
chmod 755 "$work"
umount "$work/strict"

# With ids that are mapped.
equal "$(bound ro rbind,ridmap 'lift /m; lift /m/below; stat -c %u /m/below/seen')" $'ro,relatime,idmapped\nro,relatime,idmapped\n0'

# In a user namespace that is there already.
sleeper
tare run -d --bundle "$bundle" c1 < /dev/null > /dev/null
configure '(.linux.namespaces[] | select(.type == "user")).path = $path | .linux.cgroupsPath += "2"
  | del(.linux.uidMappings, .linux.gidMappings)' --arg path "/proc/$(pid_of)/ns/user"
script "$lift; lift /m; lift /m/below"
configure '.mounts[-1].options = ["rbind"]'
equal "$(tare run --bundle "$bundle" c2)" $'ro,relatime\nro,relatime'
tare delete --force c1
