#!/bin/bash
# The script of the DaemonSet, in a privileged container with the host's pids and root; a pod of the class runs
# afterwards, and uninstalling leaves nothing.
. "$(dirname "$0")/../lib.sh"
[ "$NAMED" = tare ] || skip 'it installs tare'
mkdir "$WORK/scripts"
python3 - "$ROOT/examples/kubernetes/installer.yaml" >"$WORK/scripts/install.sh" <<'END'
import sys, textwrap
text = open(sys.argv[1]).read()
print(textwrap.dedent(text.split("install.sh: |\n")[1].split("\n---")[0]))
END
cp /etc/containerd/config.toml "$RUNTIME" "$WORK/"
finally 'cp "$WORK/config.toml" /etc/containerd/; cp "$WORK/tare" /usr/local/bin/; systemctl restart containerd; podman rm -af -t 0'
sed -i '/runtimes\./,$d' /etc/containerd/config.toml
cp /etc/containerd/config.toml "$WORK/without"
systemctl restart containerd
ends 1 cri pod p1 tare "$PARENT"
# The image of examples/kubernetes, run by Podman, which does not mind that containerd is restarted.
podman tag "$IMAGE" docker.io/library/busybox:latest
finally 'podman rmi -f tare-installer docker.io/library/busybox:latest'
podman build -q --pull=never -t tare-installer -f "$ROOT/examples/kubernetes/Dockerfile" "$WORK" >/dev/null
install() {
  podman run --rm --privileged --pid host -v /:/host -v "$WORK/scripts:/scripts:ro" tare-installer sh /scripts/install.sh "$1"
}
ends 0 install install
contains 'configuration' "$(containerd config dump)" 'BinaryName = "/usr/local/bin/tare"'
pod=$(wait_for cri pod p1 tare "$PARENT")
one=$(cri container "$pod" one -- sleep 1000)
says hello cri exec "$one" echo hello
cri stop-pod "$pod"
cri remove-pod "$pod"
since=$(systemctl show -P ExecMainStartTimestampMonotonic containerd)
ends 0 install install
equal 'restart for nothing' "$(systemctl show -P ExecMainStartTimestampMonotonic containerd)" "$since"
ends 0 install uninstall
ends 0 cmp /etc/containerd/config.toml "$WORK/without"
[ ! -e /usr/local/bin/tare ] || fail 'the program is still there'
ends 1 cri pod p2 tare "$PARENT"
