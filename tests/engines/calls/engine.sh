# shellcheck shell=bash
# What the scripts here share, on top of tests/cli/lib.sh. Sourced by bash.
. "$(dirname "${BASH_SOURCE[0]}")/../../cli/lib.sh"

# A program that says what it inherited, and ends with 7 by itself or with 8 at TERM.
inheritance() {  # SECONDS
  script 'trap "exit 8" TERM
    grep -E "^Sig(Ign|Blk)" /proc/$$/status
    ls -l /proc/$$/fd > /tmp/fds
    sed -n "s/.* \([0-9]*\) -> .*/fd \1/p" /tmp/fds | grep -v "fd 10"
    echo said
    for i in $(seq '"$1"'0); do sleep 0.1; done
    exit 7'
}
inherited_nothing() {  # FILE
  equal "$(grep -c '^Sig.*000000000000000[04]$' "$1")" 2 "$(cat "$1")"  # busybox ignores QUIT itself
  equal "$(grep '^fd' "$1" | tr '\n' ' ')" 'fd 0 fd 1 fd 2 '
}
said() { grep -q said "$1"; }

# quiet COMMAND...: it succeeds and says nothing; its output is read to the end, as engines do.
quiet() {
  local text
  text=$("$@" 2>&1 < /dev/null) || fail "status $?: $* ($text)"
  equal "$text" '' "$*"
}

# Engines that name no --root: the default one, on a /run of this test alone.
default_root() {
  mount -t tmpfs -o mode=755 tmpfs /run
  mounts_before=$(cat /proc/self/mountinfo)
  root=/run/tare
}

# process FILE COMMAND...: the process.json of an exec, as engines make it of the container's own process.
process() {
  local file=$1
  shift
  jq '.process | .args = $ARGS.positional | .terminal = false' "$bundle/config.json" --args -- "$@" > "$file"
}
