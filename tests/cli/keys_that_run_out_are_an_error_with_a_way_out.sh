#!/bin/bash
# keyrings(7): a user has kernel.keys.maxkeys of them; the session's keyring of a container is one.
. "$(dirname "$0")/lib.sh"

ordinary_user
arguments /bin/true
limit=$(cat /proc/sys/kernel/keys/maxkeys)
cat > "$work/spend.py" << 'END'
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
number = {"x86_64": 248, "aarch64": 217}[os.uname().machine]
PROCESS = -2
for i in range(int(sys.argv[1])):
    libc.syscall(number, b"user", b"spent-%d" % i, b"x", 1, PROCESS)
os.execv(sys.argv[2], sys.argv[2:])
END
spent() { as_user python3 "$work/spend.py" "$limit" "$TARE" --root "$root" run --bundle "$bundle" "$@" c1; }
refused 'session keyring: keyctl _ses.c1: disk quota exceeded.*kernel.keys.maxkeys.*--no-new-keyring' spent
nothing_left
spent --no-new-keyring
