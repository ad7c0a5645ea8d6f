# A process born in a frozen cgroup would never run.
# Shows: cg-2
. "$(dirname "$0")/../lib.sh"
mkdir -p "$CGROUP"
echo 1 >"$CGROUP/cgroup.freeze"
bundle true
refused 'frozen' timeout 60 "$RUNTIME" --root "$STATE" run --bundle "$BUNDLE" c
echo 0 >"$CGROUP/cgroup.freeze"
