# Somebody made it where the unit would be: it is refused, and stays as it is.
# Shows: cg-2
. "$(dirname "$0")/../lib.sh"
systemd_bundle true
mkdir -p "$CGROUP"
echo 1 >"$CGROUP/cgroup.freeze"
for command in run create; do
  refused 'unexpectedly frozen' timeout 60 "$RUNTIME" --root "$STATE" --systemd-cgroup $command --bundle "$BUNDLE" c
done
equal "what it was" "$(cat "$CGROUP/cgroup.freeze")" 1
rmdir "$CGROUP"
