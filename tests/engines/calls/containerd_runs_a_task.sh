#!/bin/bash
# The shim: create, start, delete, and delete --force of what is gone already, from the bundle, with a
# leaked socket as 3 and a death signal.
. "$(dirname "$0")/engine.sh"

root=$work/state/default
cd "$bundle" || exit
shim() {
  setpriv --pdeathsig KILL env -i PATH="/var/lib/containerd/opt/bin:$PATH" NAMESPACE=default \
    LD_LIBRARY_PATH=/var/lib/containerd/opt/lib: TTRPC_ADDRESS=/run/containerd/containerd.sock.ttrpc \
    GRPC_ADDRESS=/run/containerd/containerd.sock MAX_SHIM_VERSION=2 GOMAXPROCS=4 \
    "$TARE" --root "$root" --log "$bundle/log.json" --log-format json "$@"
}

inheritance 1
for round in 1 2; do
  # The reader of the container's output ends when the container does, and not before.
  mkfifo "$work/stdout"
  cat "$work/stdout" > "$work/said" &
  reader=$!
  shim create --bundle "$bundle" --pid-file "$bundle/init.pid" c1 < /dev/null > "$work/stdout" 2>&1 3< /
  pid=$(cat "$bundle/init.pid")
  grep -q "/$tag/c1\$" "/proc/$pid/cgroup" || fail "not in its cgroup when create returns"
  quiet shim start c1
  eventually said "$work/said"
  wait $reader
  inherited_nothing "$work/said"
  eventually is_status stopped c1
  quiet shim delete c1
  quiet shim delete --force c1
  rm "$work/stdout"
done

# A task ended by force.
inheritance 9
shim create --bundle "$bundle" --pid-file "$bundle/init.pid" c1 < /dev/null > /dev/null 2>&1 3< /
quiet shim start c1
quiet shim kill c1 15
eventually is_status stopped c1
quiet shim delete c1
[ ! -s "$bundle/log.json" ] || fail "the log has entries: $(cat "$bundle/log.json")"

# What failed: its message is the last one of the log.
arguments /no/such/program
status=0
shim create --bundle "$bundle" --pid-file "$bundle/init.pid" c1 < /dev/null > "$work/out" 2>&1 3< / || status=$?
[ $status != 0 ] || fail 'create succeeded'
tail -n 1 "$bundle/log.json" | jq -e '.level == "error" and (.msg | test("no such file or directory"))' > "$work/out" ||
  fail "the log: $(cat "$bundle/log.json")"
quiet shim delete --force c1
