#!/bin/bash
# Shows: hooks-12, lc-1
. "$(dirname "$0")/lib.sh"
sleeper
mkdir -p "$root"
cat > "$work/hook" << END
#!/bin/sh
cat > "$work/stdin"
[ ! -e "$cgroup_mount/$tag/c1" ] && echo 'no cgroup'
readlink "/proc/\$(cat "$work/pid")/exe" || echo 'no process'  # a zombie has none either
END
chmod 755 "$work/hook"
configure '.hooks.poststop = [{path: "/bin/sh", args: ["sh", "-c", "\($h) > \($o)"]}]' --arg h "$work/hook" --arg o "$work/told"
tare run -d --bundle "$bundle" --pid-file "$work/pid" c1 < /dev/null > "$work/out"
[ ! -e "$work/told" ] || fail 'it ran before delete'
tare delete --force c1
equal "$(cat "$work/told")" $'no cgroup\nno process'
equal "$(jq -r .status "$work/stdin")" stopped
