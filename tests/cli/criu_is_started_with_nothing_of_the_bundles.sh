#!/bin/bash
# Engines run us in the bundle, with an empty entry in LD_LIBRARY_PATH; podman with hardly any environment.
. "$(dirname "$0")/lib.sh"

fake_criu
sleeper
tare run --detach --bundle "$bundle" c1 < /dev/null > /dev/null 2>&1
printf '#!/bin/sh\ntouch %s/evil\n' "$work" > "$bundle/criu"
chmod 755 "$bundle/criu"
cd "$bundle"
dump() { tare checkpoint --leave-running --image-path "$images" c1; }
PATH=.::$PATH LD_LIBRARY_PATH=/opt/lib::rel dump
[ ! -e "$work/evil" ] || fail 'criu of the bundle was executed'
has "$(cat "$FAKE_CRIU/environment")" '^LD_LIBRARY_PATH=/opt/lib$'
has "$(cat "$FAKE_CRIU/environment")" '^cwd=/$'
lacks "$(grep ^PATH= "$FAKE_CRIU/environment")" '[=:]\.|::'
LD_LIBRARY_PATH=: dump
lacks "$(cat "$FAKE_CRIU/environment")" '^LD_LIBRARY_PATH='
tare delete --force c1
