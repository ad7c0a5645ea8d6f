# A resctrl for the scripts about Intel RDT, sourced by them behind lib.sh: a FUSE file system that behaves
# like it (fake_resctrl.py), and a mount table that calls it resctrl, since the type of a FUSE mount is
# always fuse: tare reads that of its own process, so it is executed by a process over whose mountinfo a
# changed copy is mounted.
#   $resctrl      where it is mounted
#   $changes      one line a change: mkdir PATH, rmdir PATH, write PATH TEXT
#   rdt_tare      tare as on a machine with RDT

resctrl=$work/resctrl
changes=$work/changes

command -v python3 > /dev/null || skip 'no python3 for the resctrl of the test'
[ -c /dev/fuse ] || skip 'no /dev/fuse for the resctrl of the test'
mkdir "$resctrl"
: > "$changes"
python3 "$here/fake_resctrl.py" "$resctrl" "$changes" &
eventually test -e "$resctrl/schemata"
mounts_before=$(cat /proc/self/mountinfo)

with_resctrl() {
  unshare --mount --propagation private sh -c '
    sed "s/ - fuse resctrl / - resctrl resctrl /" /proc/self/mountinfo > "$1"
    mount --bind "$1" "/proc/$$/mountinfo"
    shift
    exec "$@"' sh "$work/mountinfo" "$@"
}
rdt_tare() { with_resctrl "$TARE" --root "$root" "$@"; }
rdt() { configure '.linux.intelRdt = $rdt' --argjson rdt "$1"; }
changed() { sed 's,/tasks [0-9]*$,/tasks PID,' "$changes"; : > "$changes"; }
