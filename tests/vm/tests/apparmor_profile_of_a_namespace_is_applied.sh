# Nested policy: profiles of a namespace are named ":NAMESPACE:NAME", or ":NAMESPACE://NAME".
# Shows: lsm-1
. "$(dirname "$0")/../lib.sh"
profile :tare-nested:tare-denies 'deny /denied/** w'
for name in :tare-nested:tare-denies :tare-nested://tare-denies; do
  bundle 'touch /denied/x; sleep 1000'
  edit_config '.process.apparmorProfile = $name' --arg name "$name"
  mkdir -p "$BUNDLE/rootfs/denied"
  launch
  wait_for grep -q 'Permission denied' "$WORK/output"
  equal "label" "$(label_of c)" ':tare-nested:tare-denies (enforce)'
  [ ! -e "$BUNDLE/rootfs/denied/x" ] || fail "the profile is not in force"
  runtime delete --force c
done
