#!/bin/bash
# Shows: hooks-2, hooks-3, hooks-4, hooks-7, hooks-8, hooks-9, hooks-10, hooks-11, state-3, state-7
# Each hook is a program at a path that exists in one place alone, the host or the container, and says in which
# namespaces it runs, what it is told, and whether the container has left the root of the host by then.
. "$(dirname "$0")/lib.sh"
mkdir "$work/hooks" "$bundle/rootfs/hooks"
cat > "$work/hooks/say" << 'END'
#!/bin/sh
state=$(cat)
pid=$(echo "$state" | sed 's/.*"pid":\([0-9]*\).*/\1/')
status=$(echo "$state" | sed 's/.*"status":"\([a-z]*\)".*/\1/')
for ns in mnt net uts; do eval "$ns=$(readlink /proc/self/ns/$ns)"; done 2> /dev/null
root=/proc/$pid/root
[ "$1" != createContainer ] || root=  # the procfs it sees is still that of the host
host=no
[ ! -e "$root/$2" ] || host=yes
echo "$1 $status $pid $mnt $net $uts $host" >> "$3/said"
END
chmod 755 "$work/hooks/say"
install -m 755 "$work/hooks/say" "$bundle/rootfs/hooks/inside"
for hook in prestart createRuntime createContainer poststart poststop; do
  configure '.hooks[$h] = [{path: "\($w)/hooks/say", args: ["say", $h, "\($w)/hooks", $w]}]' --arg h $hook --arg w "$work"
done
configure '.hooks.startContainer = [{path: "/hooks/inside", args: ["inside", "startContainer", "\($w)/hooks", "/tmp"]}]' \
  --arg w "$work"
# While a hook of create runs the container is being created.
configure '.hooks.createRuntime += [{path: "/bin/sh", args: ["sh", "-c", "\"$0\" --root \"$1\" state c1 > \"$2\"", $t, $r, $o]}]' \
  --arg t "$TARE" --arg r "$root" --arg o "$work/during"
script 'echo program; sleep 9'
tare create --bundle "$bundle" c1 < /dev/null > "$work/out"
equal "$(jq -r .status "$work/during")" creating
pid=$(pid_of)
theirs=$(cd "/proc/$pid/ns" && readlink mnt net uts | tr '\n' ' ')
ours=$(cd /proc/self/ns && readlink mnt net uts | tr '\n' ' ')
equal "$(cat "$work/said")" "prestart creating $pid ${ours}yes
createRuntime creating $pid ${ours}yes
createContainer creating 1 ${theirs}yes"
[ ! -e "$bundle/rootfs/tmp/said" ] || fail 'startContainer ran before start'
tare start c1
equal "$(cat "$bundle/rootfs/tmp/said")" "startContainer created 1 ${theirs}no"
# poststart has run when start returns, and the program was there.
equal "$(tail -n +4 "$work/said")" "poststart running $pid ${ours}no"
tare delete --force c1
equal "$(tail -n +5 "$work/said" | grep -o 'mnt:.*')" "${ours}no"
has "$(tail -n +5 "$work/said")" '^poststop stopped '
equal "$(wc -l < "$work/said")" 5
# A path of the wrong side is not found.
for hook in startContainer prestart createRuntime createContainer poststart; do
  case $hook in startContainer) path=$work/hooks/say ;; *) path=/hooks/inside ;; esac
  configure '.hooks = {($h): [{path: $p}]}' --arg h $hook --arg p "$path"
  refused "$hook.*no such file or directory" tare run --detach --bundle "$bundle" c1
  nothing_left
done
