#!/bin/bash
# CVE-2019-5736: an entrypoint that is /proc/self/exe, as a link and as an interpreter, runs tare-init, a
# sealed copy in memory, and never the host's program.
. "$(dirname "$0")/lib.sh"

before=$(sha256sum "$TARE")
rootfs=$bundle/rootfs
ln -s /proc/self/exe "$rootfs/link"
# Writes to whatever it is the interpreter of.
for line in '#!/proc/self/exe' '#!/proc/self/exe 5' '#!/proc/thread-self/exe' '#!/link'; do
  printf '%s\n' "$line" > "$rootfs/script"
  chmod 755 "$rootfs/script"
  arguments /script
  ! timeout 20 "$TARE" --root "$root" run --bundle "$bundle" c1 < /dev/null > "$work/out" 2>&1 || fail "$line has run"
  lacks "$(cat "$work/out")" 'USAGE'
done
for program in /link /proc/self/exe /proc/1/exe; do
  arguments "$program" --version
  status=0
  tare run --bundle "$bundle" c1 < /dev/null > "$work/out" 2>&1 || status=$?
  [ $status != 0 ] || fail "$program has run"
  lacks "$(cat "$work/out")" 'tare version'
done

# What stands behind /proc/PID/exe of a created container: sealed, and busy.
sleeper
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
pid=$(pid_of)
equal "$(readlink "/proc/$pid/exe")" '/memfd:tare-init (deleted)'
python3 - "/proc/$pid/exe" <<'END'
import errno, fcntl, os, sys
ALL = 0x1 | 0x2 | 0x4 | 0x8  # F_SEAL_SEAL, SHRINK, GROW, WRITE
kept = os.open(sys.argv[1], os.O_PATH)
assert fcntl.fcntl(os.open(sys.argv[1], os.O_RDONLY), 1034) & ALL == ALL, "F_GET_SEALS"
os.kill(int(sys.argv[1].split("/")[2]), 9)
for _ in range(500):  # busy as long as it is executed
    try:
        writable = os.open(f"/proc/self/fd/{kept}", os.O_RDWR)
        break
    except OSError as error:
        assert error.errno == errno.ETXTBSY, error
        os.sched_yield()
for change in (lambda: os.pwrite(writable, b"x", 0), lambda: os.ftruncate(writable, 0)):
    try:
        change()
        sys.exit("the memory can be changed")
    except OSError as error:
        assert error.errno == errno.EPERM, error
END
tare delete --force c1
equal "$(sha256sum "$TARE")" "$before"
