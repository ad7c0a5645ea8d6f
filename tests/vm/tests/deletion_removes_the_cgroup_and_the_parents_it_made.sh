# What create made, delete removes; what was there before stays.
# Shows: op-delete-3, op-delete-4, cgp-7
. "$(dirname "$0")/../lib.sh"
mkdir -p "$CGROUP"
bundle true '.linux.cgroupsPath += "/made/by/create"'
create
[ -d "$CGROUP/made/by/create" ] || fail "there is no cgroup"
runtime delete --force c
[ ! -e "$CGROUP/made/by/create" ] || fail "the cgroup is still there"
[ -d "$CGROUP" ] || fail "a parent that was there before is gone"
# runc leaves the parents behind.
if ! is_runc; then
  [ ! -e "$CGROUP/made" ] || fail "a parent that create made is still there"
fi
