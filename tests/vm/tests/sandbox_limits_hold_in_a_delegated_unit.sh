# In a unit with Delegate=yes, whose processes are in a cgroup below it, a user needs nobody's help.
. "$(dirname "$0")/../lib.sh"
. "$(dirname "$0")/../sandbox.sh"
id tester >/dev/null 2>&1 || skip "no user tester"
chown tester: "$WORK"
cat >"$WORK/unit" <<'END'
own=/sys/fs/cgroup$(cut -d: -f3 /proc/self/cgroup)
mkdir "$own/main"
echo $$ >"$own/main/cgroup.procs"
exec "$@"
END
sandbox() {
  as_user --property=Delegate=yes --working-directory=/ sh -e "$WORK/unit" env -i PATH="$PATH" "$RUNTIME" sandbox "$@"
}
limits_hold cgroup
