# A device that no rule allows cannot be opened although its node is there; one rule allows it.
# Shows: cgdev-1, cgdev-4
. "$(dirname "$0")/../lib.sh"
device=$(lsblk -dnro MAJ:MIN,TYPE | awk '$2 == "disk" { print $1; exit }')
[ -n "$device" ] || skip "no disk"
command="mknod /disk b ${device/:/ } && head -c 16 /disk | wc -c"
mknod_capability='.process.capabilities |= (.bounding += ["CAP_MKNOD"] | .effective += ["CAP_MKNOD"] | .permitted += ["CAP_MKNOD"])'
rule=".linux.resources.devices += [{allow: true, type: \"b\", major: ${device%:*}, minor: ${device#*:}, access: \"r\"}]"

bundle "$command; rm /disk" "$mknod_capability"
capture run
contains "without a rule" "$OUTPUT" 'operation not permitted'

bundle "$command; echo x >/disk || echo not written" "$mknod_capability | $rule"
capture run
contains "with a rule for reading" "$OUTPUT" '^16$'
contains "with a rule for reading" "$OUTPUT" '^not written$'
