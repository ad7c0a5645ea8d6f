#!/bin/bash
# Shows: bundle-1
. "$(dirname "$0")/lib.sh"

script true
rm "$bundle/config.json"
refused 'config\.json.*no such file or directory|config\.json not found' tare create --bundle "$bundle" c1
mkdir "$bundle/config.json"
refused 'config\.json' tare create --bundle "$bundle" c1
rmdir "$bundle/config.json"
mkfifo "$bundle/config.json"
timeout 5 "$TARE" --root "$root" create --bundle "$bundle" c1 2> "$work/err" < /dev/null && fail 'accepted a FIFO'
[ $? != 124 ] || fail 'it hung'
rm "$bundle/config.json"
ln -s /dev/zero "$bundle/config.json"
timeout 5 "$TARE" --root "$root" create --bundle "$bundle" c1 2> "$work/err" < /dev/null && fail 'accepted /dev/zero'
[ $? != 124 ] || fail 'it hung'
ln -sf config.json "$bundle/config.json"
refused 'config\.json' tare create --bundle "$bundle" c1
nothing_left
