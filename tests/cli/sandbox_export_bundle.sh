#!/bin/bash
# An exported bundle shows the same files under tare, runc and crun as the sandbox does, for root and for an ordinary
# user; what it cannot say is told and annotated.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"

for runtime in runc crun; do command -v $runtime > /dev/null || fail "no $runtime (package $runtime)"; done
project=$work/project bundles=$work/bundles
mkdir -p "$project/.git" "$project/data" "$bundles" "$work/home"
echo text > "$project/file"
cd "$project"
options=(--timeout 90s --max-output 1m --env A=1 --hostname box --rw "$project/data" --hide "$project/.git"
  --tmpfs /scratch:size=1m --tmpfs "/tmp:size=2m" --ro-bind "$project/file" /opt/deep/file --dir /opt/empty
  --overlay-src "$project" --tmp-overlay /over --ro-bind-data "data:,given" /opt/given
  --symlink deep/file /opt/link --ro-bind-try /nowhere /nowhere --workdir "$project" --ulimit nofile=77)
# crun has a link of its own in /dev, and runc lets everybody write the (empty) directory over a masked one. What is in /proc differs with the time.
looks=(sh -c 'find / -maxdepth 2 ! -path "/proc/*" ! -path /dev/core -printf "%p %y %m %l\n" | sort
  find /etc /dev /tmp /opt /over /scratch '"$project"' -mindepth 1 ! -path /dev/core ! -name .git -printf "%p %y %m %l\n" | sort
  cat /etc/passwd /opt/link /opt/given; pwd; uname -n; env | sort; ulimit -n; ls -A '"$project/.git"'
  for path in / /usr /opt/deep/file; do touch $path/x 2>&1 || echo read-only; done
  for path in /tmp /over /scratch '"$project/data"'; do touch $path/x && rm $path/x && echo writable; done
  head -c 3 /dev/zero | wc -c; cat /proc/net/dev | wc -l')

# Every runtime, in a mount namespace whose only cgroup file system is what crun asks for.
seen_by() {  # BUNDLE OUTPUT PREFIX...
  local bundle=$1 output=$2
  shift 2
  unshare --mount --propagation private bash -c 'mount -t cgroup2 none /sys/fs/cgroup && cd "$1" && shift && exec "$@"' \
    bash "$bundle" timeout 30 "$@" > "$output" 2> "$output.errors" < /dev/null ||
    fail "$*: $(tail -n 3 "$output.errors")"
}
compare() {  # NAME PREFIX...: what is in $bundles/NAME shows what $bundles/NAME.sandbox has
  local name=$1 bundle=$bundles/$1
  shift
  seen_by "$bundle" "$bundle.tare" "$@" "$TARE" --root "$bundles/state" --cgroup-manager=disabled run c1
  seen_by "$bundle" "$bundle.runc" "$@" runc --root "$bundles/state" run c1
  seen_by "$bundle" "$bundle.crun" "$@" crun --root "$bundles/state" --cgroup-manager=disabled run c1
  for runtime in tare runc crun; do
    diff "$bundle.sandbox" "$bundle.$runtime" >&2 || fail "$name: $runtime shows something else: $(head -n 5 "$bundle.$runtime.errors")"
  done
  [ "$(wc -l < "$bundle.sandbox")" -gt 100 ] || fail "hardly a file: $(cat "$bundle.sandbox")"
}

as_root() { env -i PATH="$PATH" HOME="$work/home" "$@"; }
as_root "$TARE" sandbox "${options[@]}" "${looks[@]}" > "$bundles/root.sandbox"
(umask 077 && as_root "$TARE" sandbox "${options[@]}" --export-bundle "$bundles/root" "${looks[@]}" > "$work/told")
compare root env -i PATH="$PATH"
as_root "$TARE" sandbox --no-default-view --ro /usr --ro-bind /usr/bin /bin --ro-bind /usr/lib /lib --ro-bind /usr/lib64 /lib64 \
  --network host -- "${looks[@]}" > "$bundles/plain.sandbox"
as_root "$TARE" sandbox --no-default-view --ro /usr --ro-bind /usr/bin /bin --ro-bind /usr/lib /lib --ro-bind /usr/lib64 /lib64 \
  --network host --export-bundle "$bundles/plain" -- "${looks[@]}" > "$work/told.plain"
compare plain env -i PATH="$PATH"

# What it cannot say is told, and stands in the configuration; nothing else is.
annotations() { jq -r '.annotations | to_entries[] | "\(.key): \(.value)"' "$1/config.json"; }
equal "$(cat "$work/told")" "$(annotations "$bundles/root")"
digest=$(as_root "$TARE" sandbox "${options[@]}" --print-policy | sha256sum | cut -d' ' -f1)
equal "$(cat "$work/told")" "org.tare.max-output: 1048576
org.tare.policy-sha256: $digest
org.tare.timeout: 90000ms"
equal "$(cut -d: -f1 "$work/told.plain")" org.tare.policy-sha256
as_root "$TARE" sandbox --cpu-time 5s -m 64m --limits best-effort --stdin file --no-die-with-parent \
  --export-bundle "$bundles/limits" true > "$work/told"
equal "$(cut -d: -f1 "$work/told" | tr '\n' ' ')" "org.tare.cpu-time org.tare.limits org.tare.no-die-with-parent \
org.tare.policy-sha256 org.tare.stdin "
equal "$(jq .linux.resources.memory.limit "$bundles/limits/config.json")" 67108864
equal "$(jq .linux.resources "$bundles/root/config.json")" null

# Nothing is overwritten, nothing run, and a link of the policy's leads nowhere out of the bundle.
status 125 as_root "$TARE" sandbox --export-bundle "$bundles/root" true
has "$(cat "$work/err")" 'directory not empty'
mkdir "$bundles/empty"
as_root "$TARE" sandbox --rw "$project/data" --export-bundle "$bundles/empty" touch "$project/data/ran" > /dev/null
[ ! -e "$project/data/ran" ] || fail 'the command was run'
as_root "$TARE" sandbox --symlink / /out --dir /out/$tag-made --ro-bind /usr /out/$tag-mounted --export-bundle "$bundles/links" true > /dev/null
[ -z "$(ls -d "/$tag"* 2> /dev/null)" ] || fail 'something was made on the host'
[ -d "$bundles/links/rootfs/$tag-made" ] && [ -d "$bundles/links/rootfs/$tag-mounted" ] || fail 'nothing was made in the bundle'

# An ordinary user's, who is root inside: runtimes ask for it.
ordinary_user
chown -R $user_id:$user_id "$bundles" "$project"
as_user "$TARE" sandbox "${options[@]}" "${looks[@]}" > "$bundles/user.sandbox"
as_user "$TARE" sandbox "${options[@]}" --export-bundle "$bundles/user" "${looks[@]}" > "$work/told"
compare user setpriv --reuid $user_id --regid $user_id --clear-groups env -i PATH="$PATH" XDG_RUNTIME_DIR="$work/run"
has "$(cat "$work/told")" "^org.tare.user: $user_id:$user_id"
