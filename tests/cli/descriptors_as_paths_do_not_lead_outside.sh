#!/bin/bash
# CVE-2024-21626: a working directory or a program that is named by a descriptor of tare, or of a careless
# caller who leaks the host's root directory as 3, 9 and 20. Each is an error, or stays inside.
. "$(dirname "$0")/lib.sh"

echo secret > "$work/canary"
up=../../../../../../../..
cat > "$bundle/rootfs/look" <<END
#!/bin/sh
cat $up$work/canary /proc/self/cwd/$up$work/canary /proc/self/fd/[0-9]*/$up$work/canary .$work/canary 2> /dev/null
echo "in \$(pwd -P) as \$(readlink /proc/\$\$/exe)"
END
chmod 755 "$bundle/rootfs/look"

# The look finds the canary where the working directory is outside of the root.
has "$(python3 -c 'import os, sys; os.chroot(sys.argv[1]); os.execv("/look", ["/look"])' "$bundle/rootfs")" secret

tried=0 ran=0
attempt() {  # CWD, PROGRAM
  local text=${plain/@cwd/"$1"}
  printf '%s' "${text/@program/"$2"}" > "$bundle/config.json"
  text=$(timeout 20 "$TARE" --root "$root" run --bundle "$bundle" c1 3< / 9< / 20< / < /dev/null 2> "$work/err") || true
  tried=$((tried + 1))
  if [ -n "$text" ]; then
    lacks "$text" secret
    ran=$((ran + 1))
    has "$text" '^in (/|/[^(]*) as /bin/busybox$'
    lacks "$text" "$work"
  fi
}

configure '.process.cwd = "@cwd" | .process.args = ["@program", "/look"]'
plain=$(cat "$bundle/config.json")
for n in $(seq 0 63); do attempt "/proc/self/fd/$n" /bin/sh; done
for n in $(seq 3 20); do
  attempt / "/proc/self/fd/$n/bin/sh"
  attempt / "/proc/self/fd/$n/$up/bin/sh"
done
for n in 3 7 9; do
  ln -sfn "/proc/self/fd/$n" "$bundle/rootfs/link"
  attempt /link /bin/sh
  attempt "/proc/self/fd/$n/../.." /bin/sh
  attempt "/proc/thread-self/fd/$n" /bin/sh
  attempt "/proc/1/fd/$n" /bin/sh
done
for path in /proc/1/root/.. /proc/self/root/../.. /proc/1/cwd /proc/self/cwd/.. /proc/self/ns; do attempt "$path" /bin/sh; done
for program in /proc/1/root/../bin/sh /proc/self/cwd/../bin/sh; do attempt / "$program"; done
attempt / /bin/sh
[ $ran -gt 0 ] || fail 'nothing ran at all'
say "$tried attempts, $ran ran inside"
