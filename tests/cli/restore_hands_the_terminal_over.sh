#!/bin/bash
. "$(dirname "$0")/lib.sh"

fake_criu
criu_is terminal
sleeper
mkdir "$images"
echo '[]' > "$images/descriptors.json"
configure '.process.terminal = true'
refused 'without setting console socket' tare restore --detach --bundle "$bundle" --image-path "$images" c1
python3 "$here/receive_terminal.py" "$work/socket" > "$work/received" &
eventually test -S "$work/socket"
tare restore --detach --bundle "$bundle" --image-path "$images" --console-socket "$work/socket" c1 < /dev/null > /dev/null 2>&1
eventually grep -q 'from the terminal' "$work/received"
tare delete --force c1
