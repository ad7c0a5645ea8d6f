#!/bin/bash
# podman generate systemd: an older way, still in use.
. "$(dirname "$0")/../lib.sh"
finally 'systemctl stop generated; rm -f /etc/systemd/system/generated.service; systemctl daemon-reload'
podman create --name c1 "$IMAGE" sleep 1000 >/dev/null
podman generate systemd --new --name c1 2>/dev/null >/etc/systemd/system/generated.service
podman rm c1 >/dev/null
sed -i 's/ -t 10 / -t 0 /; s/TimeoutStopSec=.*/TimeoutStopSec=20/; s,rm -f ,rm -f -t 0 ,; s,podman stop,podman stop -t 0,' /etc/systemd/system/generated.service
systemctl daemon-reload
systemctl start generated
podman exec c1 true
systemctl stop generated
equal 'container' "$(podman ps -aq)" ''
