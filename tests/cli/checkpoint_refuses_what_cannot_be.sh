#!/bin/bash
. "$(dirname "$0")/lib.sh"

fake_criu
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null 2>&1
refused 'Container cannot be checkpointed in created state' tare checkpoint --image-path "$images" c1
tare start c1
refused '--parent-path must be relative' tare checkpoint --parent-path /tmp --image-path "$images" c1
refused 'invalid --parent-path: .*no such file or directory' tare checkpoint --parent-path ../x --image-path "$images" c1
touch "$work/file"
refused 'invalid --parent-path: .*not a directory' tare checkpoint --parent-path ../file --image-path "$images" c1
for server in host host: :1 ::1:1 1; do
  refused 'Use --page-server ADDRESS:PORT' tare checkpoint --page-server $server --image-path "$images" c1
done
for port in x -1 65536 1x; do
  refused 'Invalid port number' tare checkpoint --page-server host:$port --image-path "$images" c1
done
refused 'namespace "ipc" is not supported' tare checkpoint --empty-ns ipc --image-path "$images" c1
refused 'invalid manage-cgroups-mode value' tare checkpoint --manage-cgroups-mode x --image-path "$images" c1
refused 'invalid --status-fd argument 77: .*bad file descriptor' tare checkpoint --status-fd 77 --image-path "$images" c1
refused 'invalid --status-fd argument 5: not writable' eval 'tare checkpoint --status-fd 5 --image-path "$images" c1 5< /dev/null'
refused 'does not exist' tare checkpoint --image-path "$images" c2
[ ! -e "$FAKE_CRIU/requests" ] || [ -z "$(jq 'select(.type == 1)' "$FAKE_CRIU/requests")" ] || fail 'criu was asked to dump'
tare kill c1 KILL
eventually is_status stopped c1
refused 'Container cannot be checkpointed in stopped state' tare checkpoint --image-path "$images" c1
tare delete c1

# criu knows no idmapped mounts, and takes the host's for a container without mounts of its own.
mkdir -p "$images"
echo '[]' > "$images/descriptors.json"
cp "$bundle/config.json" "$work/saved"
configure '.linux.namespaces |= map(select(.type != "mount")) | .linux.maskedPaths = [] | .linux.readonlyPaths = []'
refused 'without a mount namespace cannot be restored' tare restore --bundle "$bundle" --image-path "$images" c1
cp "$work/saved" "$bundle/config.json"
configure '.mounts += [{destination: "/m", source: "/tmp", type: "bind", options: ["bind"],
  uidMappings: [{containerID: 0, hostID: 1, size: 1}], gidMappings: [{containerID: 0, hostID: 1, size: 1}]}]'
refused 'mount /m: criu cannot make an idmapped mount again' tare restore --bundle "$bundle" --image-path "$images" c1
