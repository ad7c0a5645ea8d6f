#!/bin/bash
# The default set, added and dropped ones, all, none for a user, and no new privileges.
. "$(dirname "$0")/../lib.sh"
caps() { docker run --rm "$@" "$IMAGE" sed -n 's/^CapEff:\t0*//p' /proc/self/status; }
says a80425fb caps
says a80435fb caps --cap-add NET_ADMIN
says '' caps --cap-drop ALL
says 1 caps --cap-drop ALL --cap-add CHOWN
says '' caps -u user
equal 'all' "$(docker run --rm --privileged "$IMAGE" sed -n 's/^CapEff:\t//p' /proc/self/status)" \
  "$(sed -n 's/^CapEff:\t//p' /proc/1/status)"
says 1 docker run --rm --security-opt no-new-privileges "$IMAGE" sed -n 's/^NoNewPrivs:\t//p' /proc/self/status
