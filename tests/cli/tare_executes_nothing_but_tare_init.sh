#!/bin/bash
# No second self, no helper, no library: one execve of tare, one of the sealed tare-init, then the
# user's program.
. "$(dirname "$0")/lib.sh"

arguments /bin/true
strace -f -o "$work/trace" -e trace=execve,execveat,openat,open "$TARE" --root "$root" run --bundle "$bundle" c1
equal "$(grep -cE 'execve(at)?(\(| resumed).*= 0$' "$work/trace")" 3
has "$(grep 'execveat(' "$work/trace")" '"tare-init"'
lacks "$(cat "$work/trace")" '\.so'
for command in 'state c1' 'list' 'features' '--version' 'delete --force c1'; do
  strace -f -o "$work/trace" -e trace=execve,execveat,openat,open "$TARE" --root "$root" $command > "$work/out" 2>&1 || true
  equal "$(grep -cE 'execve(at)?(\(| resumed).*= 0$' "$work/trace")" 1 "$command"
  lacks "$(cat "$work/trace")" '\.so'
done
