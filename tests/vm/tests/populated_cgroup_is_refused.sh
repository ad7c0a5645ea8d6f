# A cgroup in which somebody lives is not taken over, and its inhabitant is left alone.
# Shows: cg-2
. "$(dirname "$0")/../lib.sh"
# runc before 1.4 only warns.
if is_runc; then skip "this runc only warns"; fi
mkdir -p "$CGROUP"
sleep 1000 &
echo $! >"$CGROUP/cgroup.procs"
bundle true
refused 'not empty|populated|process|busy' run
equal "the inhabitant" "$(cat "$CGROUP/cgroup.procs")" $!
kill -0 $! || fail "the inhabitant was killed"
