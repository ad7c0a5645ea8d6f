#!/bin/bash
# By its default profile, by one of the user's, and not at all.
. "$(dirname "$0")/../lib.sh"
ends 1 docker run --rm "$IMAGE" unshare -U true
# AppArmor, where there is one, would forbid to mount.
unfiltered=(--security-opt seccomp=unconfined --security-opt apparmor=unconfined)
ends 0 docker run --rm "${unfiltered[@]}" --cap-add SYS_ADMIN "$IMAGE" unshare -m true
echo '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 95}]}' >"$WORK/profile"
ends 1 docker run --rm --security-opt "seccomp=$WORK/profile" "$IMAGE" mkdir /x
contains 'errno of the profile' "$OUTPUT" 'not supported'
says 2 docker run --rm "$IMAGE" sed -n 's/^Seccomp:\t//p' /proc/self/status
docker run -d --name c1 --security-opt "seccomp=$WORK/profile" "$IMAGE" >/dev/null
ends 1 docker exec c1 mkdir /x
