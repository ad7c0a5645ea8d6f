# The policy protects all keys but those of containers: without the label the keyring is out of reach.
# Shows: lsm-2
. "$(dirname "$0")/../lib.sh"
selinux_policy
bundle 'sleep 1000' '.process.selinuxLabel = "system_u:system_r:container_t:s0"'
create
equal "label of keys" "$(label_of c keycreate | tr -d '\0')" system_u:system_r:container_t:s0
runtime delete --force c
enforcing
create
runtime delete --force c
edit_config 'del(.process.selinuxLabel)'
refused 'keyring.*permission denied|permission denied.*keyring' runtime create --bundle "$BUNDLE" c
