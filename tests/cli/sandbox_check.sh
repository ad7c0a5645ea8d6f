#!/bin/bash
# --check says what this host allows, and the way to the rest; a run that the host refuses says the same, and nothing
# is run without its confinement.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"

mkdir "$work/project"
chmod 777 "$work/project"
cd "$work/project"
checked() { jq -r ".checks[] | select(.name == \"$1\") | .${2:-ok}" "$work/check"; }

# As root and as an ordinary user, here.
before=$(cat /proc/self/mountinfo)
status 0 "$TARE" sandbox --check
has "$(cat "$work/out")" '^ok    user-namespaces$'
has "$(cat "$work/out")" '^Sandboxes can be made here\.$'
"$TARE" sandbox --check --json > "$work/check"
equal "$(jq -c '[.schema, .ok]' "$work/check")" '["tare.sandbox.check/1",true]'
for name in user-namespaces procfs seccomp overlay; do equal "$(checked $name)" true "$name"; done
equal "$(cat /proc/self/mountinfo)" "$before"
[ -z "$(ls /tmp/lower /tmp/upper 2> /dev/null)" ] || fail 'the attempt of an overlay shows outside'
ordinary_user
as_user "$TARE" sandbox --check --json > "$work/check"
equal "$(checked user-namespaces)" true
PATH=/nowhere "$TARE" sandbox --check --json > "$work/check" || true
has "$(checked pasta fix)" 'apt install passt'
PATH=/usr/bin:/bin "$TARE" sandbox --check --json > "$work/check"
equal "$(checked pasta)" true  # package passt

# A limit is said to be possible exactly when one can be had.
for limit in 'memory --memory 64m' 'pids --pids-limit 20' 'cpu --cpus 1'; do
  read -r name option <<< "$limit"
  got=true
  # shellcheck disable=SC2086  # words
  "$TARE" sandbox $option true > /dev/null 2>&1 || got=false
  equal "$(checked "limit-$name")" "$got" "$limit"
done

# refuses PATTERN REFUSED FIX COMMAND...: around it COMMAND, --check and a run name what refuses, and its fix.
refuses() {
  local name=$1 what=$2 fix=$3 got=0
  shift 3
  "$@" "$TARE" sandbox --check --json > "$work/check" || got=$?
  equal "$got" 1
  equal "$(checked "$name" fatal)" true
  has "$(checked "$name" what)" "$what"
  has "$(checked "$name" fix)" "$fix"
  rm -f "$work/result"
  status 125 "$@" "$TARE" sandbox --rw "$work/project" --json "$work/result" touch "$work/project/ran"
  has "$(cat "$work/err")" "$what.*$fix"
  equal "$(jq -r .outcome "$work/result")" setup-failed
  has "$(jq -r .error.hint "$work/result")" "$what.*$fix"
  [ ! -e ran ] || fail "run in spite of: $what"
}
refuses user-namespaces 'user namespaces are turned off' 'sysctl user.max_user_namespaces=' \
  unshare --user --map-root-user sh -c 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"' sh
covered=(unshare --mount --propagation private sh -c 'mount -t tmpfs none /proc/irq; exec "$@"' sh)
refuses procfs 'parts of our /proc are covered' 'systempaths=unconfined' "${covered[@]}"
chmod 777 "$work"
refuses procfs 'parts of our /proc are covered' 'systempaths=unconfined' "${covered[@]}" \
  setpriv --reuid $user_id --regid $user_id --clear-groups
