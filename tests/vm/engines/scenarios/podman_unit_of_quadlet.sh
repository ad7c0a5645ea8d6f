#!/bin/bash
# A unit written by hand in Quadlet's words: started, seen, ended by systemd, with the container's own readiness.
. "$(dirname "$0")/../lib.sh"
finally 'systemctl stop quadlet; rm -f /etc/containers/systemd/quadlet.container; systemctl daemon-reload'
mkdir -p /etc/containers/systemd
cat >/etc/containers/systemd/quadlet.container <<END
[Container]
Image=$IMAGE
Exec=sh -c 'trap "exit 0" TERM; echo ready; while :; do sleep 0.1; done'
ContainerName=c1
END
systemctl daemon-reload
systemctl start quadlet
says active systemctl is-active quadlet
says running podman inspect -f '{{.State.Status}}' c1
contains 'log' "$(podman logs c1)" ready
podman exec c1 true
systemctl restart quadlet
podman exec c1 true
systemctl stop quadlet
equal 'container' "$(podman ps -aq)" ''
