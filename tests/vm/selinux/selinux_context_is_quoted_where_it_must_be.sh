# The commas of a context must not part options where mount(2) takes them (iversion goes that way), and
# a mount's own context in quotes stays what it is.
# Shows: lsm-3
. "$(dirname "$0")/../lib.sh"
selinux_policy
label=system_u:object_r:container_file_t:s0:c1,c3
own=system_u:object_r:container_t:s0:c0,c2
bundle 'sleep 1000'
edit_config '.linux.mountLabel = $label | .mounts += [
    {destination: "/one", type: "tmpfs", options: ["mode=0711"]},
    {destination: "/two", type: "tmpfs", options: ["iversion", "mode=0711"]},
    {destination: "/own", type: "tmpfs", options: ["mode=0711", $own]}]' \
  --arg label "$label" --arg own "context=\"$own\""
launch
inside=/proc/$(runtime state c | jq .pid)/root
equal "label of /one" "$(stat -c '%C %a' "$inside/one")" "$label 711"
equal "label of /two" "$(stat -c '%C %a' "$inside/two")" "$label 711"
is_runc || equal "label of /own" "$(stat -c '%C %a' "$inside/own")" "$own 711"
