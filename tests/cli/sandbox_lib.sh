# What the tests of `tare sandbox` have in common. Sourced after lib.sh.

# The result of the last `sandbox`, and what jq says of it.
result=$work/result.json
sandbox() { timeout 30 "$TARE" sandbox --json "$result" "$@"; }
told() { jq -rc "$1" "$result"; }
# ends STATUS OUTCOME ARGUMENTS...
ends() {
  local expected=$1 outcome=$2
  shift 2
  status "$expected" sandbox "$@"
  equal "$(told .outcome)" "$outcome" "$*"
}

# For an ordinary user: `user_sandbox` is his, with a result of his own.
sandbox_user() {
  ordinary_user
  install -d -o $user_id -g $user_id "$work/user"
}
user_sandbox() { as_user timeout 30 "$TARE" sandbox --json "$work/user/result.json" "$@"; }
user_told() { jq -rc "$1" "$work/user/result.json"; }

sandbox_cgroups() { find "$cgroup_mount" -maxdepth 3 -type d -name 'tare-sandbox-*' 2> /dev/null; }
is_gone() { ! kill -0 "$1" 2> /dev/null; }
