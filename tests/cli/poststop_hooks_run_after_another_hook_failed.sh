#!/bin/bash
# Shows: hooks-18, hooks-19, hooks-20, hooks-23, lc-5, lc-6, lc-7, lc-8
# The container is stopped and destroyed, and the poststop hooks are told; the program of a hook that comes before it
# never runs.
. "$(dirname "$0")/lib.sh"
echo 'echo program > /ran; sleep 1000' > "$bundle/rootfs/program"
arguments /bin/sh /program
for hook in prestart createRuntime createContainer startContainer poststart; do
  rm -f "$bundle/rootfs/ran" "$work/poststop" "$work/second"
  configure '.hooks = {($h): [{path: "/bin/false"}],
    poststop: [{path: "/bin/sh", args: ["sh", "-c", "cat > \($w)/poststop"]},
               {path: "/bin/touch", args: ["touch", "\($w)/second"]}]}' --arg h $hook --arg w "$work"
  case $hook in
    start* | poststart)
      tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
      [ ! -e "$work/poststop" ] || fail "poststop ran before $hook"
      refused "$hook" tare start c1
      ;;
    *) refused "$hook" tare create --bundle "$bundle" c1 ;;
  esac
  equal "$(jq -r '"\(.id) \(.status)"' "$work/poststop")" 'c1 stopped' $hook
  [ -e "$work/second" ] || fail "the second poststop hook did not run after $hook"
  [ $hook = poststart ] || [ ! -e "$bundle/rootfs/ran" ] || fail "the program ran although $hook failed"
  nothing_left
  no_process || fail "processes are left after $hook"
  refused '^container does not exist$' tare state c1
  refused '^container does not exist$' tare delete c1
done
