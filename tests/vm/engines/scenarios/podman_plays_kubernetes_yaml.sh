#!/bin/bash
# A pod of two containers, with an init container before them.
. "$(dirname "$0")/../lib.sh"
cat >"$WORK/pod.yaml" <<END
apiVersion: v1
kind: Pod
metadata: { name: p1 }
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 0
  volumes: [{ name: v, emptyDir: {} }]
  initContainers:
    - { name: first, image: $IMAGE, imagePullPolicy: Never, command: [sh, -c, "echo first >/v/x"], volumeMounts: [{ name: v, mountPath: /v }] }
  containers:
    - { name: one, image: $IMAGE, imagePullPolicy: Never, command: [sleep, "1000"], volumeMounts: [{ name: v, mountPath: /v }] }
    - { name: two, image: $IMAGE, imagePullPolicy: Never, command: [sleep, "1000"], securityContext: { readOnlyRootFilesystem: true, runAsUser: 1000, capabilities: { drop: [ALL] } } }
END
podman kube play "$WORK/pod.yaml" >/dev/null
says first podman exec p1-one cat /v/x
says 1000 podman exec p1-two id -u
ends 1 podman exec --user 0 p1-two touch /x
podman kube down "$WORK/pod.yaml" >/dev/null
