# tmpfs, devpts and the masks take it as an option, mqueue as an attribute; proc, sysfs and binds have their own.
# Shows: lsm-3
. "$(dirname "$0")/../lib.sh"
selinux_policy
label=system_u:object_r:container_file_t:s0:c1,c3
base=system_u:object_r:base_t:s0
bundle 'sleep 1000'
edit_config '.linux.mountLabel = $label | .linux.maskedPaths += ["/proc/tty"]
  | .mounts += [{destination: "/bound", type: "bind", source: "/var/tmp", options: ["bind"]}]' --arg label "$label"
launch
inside=/proc/$(runtime state c | jq .pid)/root
labelled() { # PATH LABEL
  equal "label of $1" "$(stat -c %C "$inside$1")" "$2"
}
for path in /dev /dev/pts /dev/shm /dev/mqueue; do labelled "$path" "$label"; done
for path in /proc /sys /bound /bin; do labelled "$path" "$base"; done
is_runc || labelled /proc/tty "$label"
