#!/bin/bash
# Replays one captured configuration, replay.sh NAME: adjusted to this host, run in the foreground and by
# create, start, kill and delete; each time the program's report is compared with the configuration.
# Configurations of rootless Podman are run as it does: by the root of an ordinary user's user namespace.
tests=$(cd "$(dirname "$0")" && pwd)
. "$tests/../cli/lib.sh"

name=$1
captured=$tests/../bundles/engines/$name.json
id=$tag  # in the name of the cgroup where the configuration has no path for one

# A first process of a pid namespace, and unshare while it waits for it, take no TERM.
helpers=()
finish() { kill -KILL "${helpers[@]}" 2> /dev/null || true; }

# Stand-ins for the namespaces the file has paths of, alive until finish.
hold_namespaces() {  # COMMAND_PREFIX...
  local types type pid
  types=$(jq -r '.linux.namespaces[] | select(.path) | .type' "$captured")
  [ -n "$types" ] || return 0
  local held=$work/held
  [ $# = 0 ] || held=$work/run/held
  "$@" unshare --net --ipc --uts --pid --fork --kill-child sh -c "echo up > $held; exec sleep 110" &
  eventually test -s "$held"
  pid=$(pgrep -f "unshare --net --ipc --uts --pid --fork --kill-child sh -c echo up > $held" | tail -n 1)
  helpers+=("$pid")
  for type in $types; do
    case $type in
      pid) options+=("namespace:pid=/proc/$pid/ns/pid_for_children") ;;
      network) options+=("namespace:network=/proc/$pid/ns/net") ;;
      *) options+=("namespace:$type=/proc/$pid/ns/$type") ;;
    esac
  done
}

# The user namespace and mount namespace in which podman lives when root did not start it.
rootless_surroundings() {
  ordinary_user
  local inner
  as_user unshare --user --map-root-user --map-users=$sub_ids,1,65536 \
    --map-groups=$sub_ids,1,65536 --mount sh -c "echo \$\$ > $work/run/holder; exec sleep 110" &
  eventually test -s "$work/run/holder"
  inner=$(cat "$work/run/holder")
  helpers+=("$inner")
  inside_user=(nsenter --target "$inner" --user --mount --setuid 0 --setgid 0
    env -i PATH="$PATH" HOME="$work/home" XDG_RUNTIME_DIR="$work/run")
  echo "note: by root of a user namespace of uid $user_id"
  # In it 0 is the user, 1 the first of the subordinate ids.
  local first
  first=$(jq '[.linux.uidMappings // [] | .[] | select(.containerID == 0).hostID] | first // 0' "$captured")
  if [ "$first" = 0 ]; then owner=$user_id; else owner=$((sub_ids + first - 1)); fi
  options+=(rootless "owner=$owner")
  chmod 711 "$root"
}

options=()
inside_user=()
if [[ $name == podman-rootless* ]]; then
  rootless_surroundings
  hold_namespaces "${inside_user[@]}"
else
  hold_namespaces
  owner=$(jq '[.linux.uidMappings // [] | .[] | select(.containerID == 0).hostID] | first // empty' "$captured")
  [ -z "$owner" ] || options+=("owner=$owner")
fi
python3 "$tests/adjust.py" "$captured" "$work" "$tag" "${options[@]}"
[ ${#inside_user[@]} = 0 ] || chown -R $user_id:$user_id "$work/hooks" "$bundle/config.json" 2> /dev/null || true
configuration=$(cat "$bundle/config.json")

runtime() { "${inside_user[@]}" "$TARE" --root "$root" "$@"; }
terminal=$(jq -r '.process.terminal // false' "$captured")
expected_hooks() { jq -r ".hooks // {} | $1 | to_entries[] | .key as \$k | .value | keys[] | \"\(\$k)-\(.)\"" "$captured"; }

check() {  # REPORT, HOW
  local file
  python3 "$tests/check.py" "$bundle/config.json" "$1" "${options[@]}" > "$work/differences" ||
    fail "$2: $(cat "$work/differences" "$work/err" 2> /dev/null)"
  for file in $(expected_hooks .); do
    jq -e --arg id "$id" --arg b "$bundle" '.id == $id and .bundle == $b and .pid > 0' "$work/hooks/$file.state" > /dev/null ||
      fail "$2: hook $file got '$(cat "$work/hooks/$file.state")'"
    rm "$work/hooks/$file.state"
  done
}

in_the_foreground() {
  local status=0
  if [ "$terminal" = true ]; then
    timeout 20 script --quiet --return --command "${inside_user[*]} $TARE --root $root run --bundle $bundle $id" \
      /dev/null > "$work/report" 2> "$work/err" || status=$?
  else
    runtime run --bundle "$bundle" "$id" > "$work/report" 2> "$work/err" < /dev/null || status=$?
  fi
  check "$work/report" run
  equal "$status" 7 "status of run; $(cat "$work/err")"
}

reported() { grep -q '^== end' "$work/report"; }
has_stopped() { [ "$(runtime state "$id" | jq -r .status)" = stopped ]; }

step_by_step() {
  local socket=()
  touch "$bundle/rootfs/.report/stay"
  : > "$work/report"
  if [ "$terminal" = true ]; then
    python3 "$here/receive_terminal.py" "$work/socket" > "$work/report" &
    eventually test -S "$work/socket"
    socket=(--console-socket "$work/socket")
  fi
  runtime create --bundle "$bundle" --pid-file "$bundle/pid" "${socket[@]}" "$id" \
    >> "$work/report" 2> "$work/err" < /dev/null || fail "create: $(cat "$work/err")"
  state_is created
  rm "$bundle/config.json"  # read once
  runtime start "$id"
  printf '%s' "$configuration" > "$bundle/config.json"
  eventually reported
  state_is running
  check "$work/report" create
  runtime kill "$id" 15
  eventually has_stopped
  runtime delete --force "$id"
}

state_is() {
  runtime state "$id" > "$work/state.json"
  jq -e --arg status "$1" --argjson pid "$(cat "$bundle/pid")" --slurpfile config "$bundle/config.json" '
    .status == $status and .pid == $pid and (.annotations // {}) == ($config[0].annotations // {})' \
    "$work/state.json" > /dev/null || fail "state: $(cat "$work/state.json")"
  local path
  path=$(jq -r '.linux.cgroupsPath // empty' "$bundle/config.json")
  [ -z "$path" ] || has "$(cat "/proc/$(cat "$bundle/pid")/cgroup")" "^0::$path$"
}

in_the_foreground
step_by_step
finish
eventually no_process
