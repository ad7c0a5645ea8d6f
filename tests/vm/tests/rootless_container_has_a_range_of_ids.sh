# An ordinary user with a range in /etc/subuid is root in the container and has the range below.
. "$(dirname "$0")/../lib.sh"
rootless_bundle 'id -u; touch /tmp/file; chown 5:5 /tmp/file; cat /proc/self/uid_map' \
  '.process.capabilities |= map_values(. + ["CAP_CHOWN"])'
capture as_user "$RUNTIME" --root "$STATE" run --bundle "$BUNDLE" c
equal "exit status ($OUTPUT)" "$STATUS" 0
equal "uid and map" "$(tr -s ' \n' ' ' <<<"$OUTPUT")" "0 0 1000 1 1 100000 65536 "
equal "owner of the file on the host" "$(stat -c %u:%g "$BUNDLE/rootfs/tmp/file")" 100004:100004
