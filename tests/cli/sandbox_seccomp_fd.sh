#!/bin/bash
# --seccomp-fd takes a compiled filter, as bubblewrap's --seccomp does.
export TMPDIR=/var/tmp  # below /dev nothing is shown
. "$(dirname "$0")/lib.sh"

cd "$work"
# uname(2) fails with EDOM (33), everything else is allowed.
python3 - > filter << 'END'
import ctypes, platform, struct, sys
UNAME = {"x86_64": 63, "aarch64": 160}[platform.machine()]
code = [(0x20, 0, 0, 0), (0x15, 0, 1, UNAME), (0x06, 0, 0, 0x00050000 | 33), (0x06, 0, 0, 0x7fff0000)]
sys.stdout.buffer.write(b"".join(struct.pack("HBBI", *step) for step in code))
END
probe='import os
try: os.uname(); print("allowed")
except OSError as error: print(error.errno)'
equal "$(timeout 20 "$TARE" sandbox -- python3 -c "$probe")" allowed
equal "$(timeout 20 "$TARE" sandbox --seccomp-fd 9 -- python3 -c "$probe" 9< filter)" 33
equal "$(timeout 20 "$TARE" sandbox --seccomp-fd 9 -- cat /proc/self/status 9< filter | grep -E '^(Seccomp|NoNewPrivs):' | tr -d '\t\n')" \
  NoNewPrivs:1Seccomp:2
equal "$(timeout 20 "$TARE" sandbox --seccomp-fd 9 --seccomp default -- python3 -c "$probe" 9< filter)" allowed 'the last one counts'
equal "$(timeout 20 "$TARE" sandbox --seccomp-fd 9 -- ls /proc/self/fd 9< filter | wc -l)" 4 'it is no descriptor of the command'

# What is printed has the filter itself, so that it works without the descriptor.
timeout 20 "$TARE" sandbox --seccomp-fd 9 --print-policy 9< filter > policy.json
equal "$(timeout 20 "$TARE" sandbox --policy policy.json -- python3 -c "$probe")" 33

# No further user namespaces, although the filter allows them.
status 1 timeout 20 "$TARE" sandbox --seccomp-fd 9 -- unshare --user true 9< filter

# A program that the kernel refuses: it loads a word beyond its data.
python3 -c 'import struct, sys
sys.stdout.buffer.write(struct.pack("HBBIHBBI", 0x20, 0, 0, 4096, 0x06, 0, 0, 0x7fff0000))' > refused
status 125 timeout 20 "$TARE" sandbox --seccomp-fd 9 --json result.json true 9< refused
has "$(cat "$work/err")" 'seccomp: invalid argument'
equal "$(jq -c '[.outcome, .error.call, .error.errno]' result.json)" '["setup-failed","seccomp","EINVAL"]'

head -c 7 filter > broken
status 125 timeout 20 "$TARE" sandbox --seccomp-fd 9 true 9< broken
has "$(cat "$work/err")" '--seccomp-fd: this is no compiled seccomp filter'
status 125 timeout 20 "$TARE" sandbox --seccomp-fd 9 true 9< /dev/null
head -c 8 /dev/zero > broken
status 125 timeout 20 "$TARE" sandbox --seccomp-fd 9 true 9< broken
has "$(cat "$work/err")" 'this is no compiled seccomp filter'
status 125 timeout 20 "$TARE" sandbox --seccomp-fd 99 true
