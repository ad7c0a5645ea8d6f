#!/bin/bash
# keyctl(2): a session keyring named _ses.ID, or the caller's.
. "$(dirname "$0")/lib.sh"

# The keyring of the session, as its possessor sees it.
cat > "$work/keyring.py" << 'END'
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
text = ctypes.create_string_buffer(256)
KEYCTL_JOIN_SESSION_KEYRING, KEYCTL_DESCRIBE, SESSION = 1, 6, -3
number = {"x86_64": 250, "aarch64": 219}[os.uname().machine]
libc.syscall(number, KEYCTL_JOIN_SESSION_KEYRING, b"callers")
os.execv(sys.argv[1], sys.argv[1:])
END
configure '.linux.maskedPaths = []'
# /proc/keys shows those of other containers, too, and their id is c1.
script "grep -Eo '_ses\.$tag|callers' /proc/keys"
ran() { python3 "$work/keyring.py" "$TARE" --root "$root" run "$@" --bundle "$bundle" "$tag"; }
has "$(ran)" "^_ses\.$tag\$"
lacks "$(ran --no-new-keyring)" "_ses\.$tag"
