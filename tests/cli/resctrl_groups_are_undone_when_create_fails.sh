#!/bin/bash
# Whatever fails behind them, by itself or by SIGKILL.
# Shows: rdt-13, rdt-14, err-1
. "$(dirname "$0")/lib.sh"
. "$here/resctrl.sh"

mkdir "$resctrl/shared"
echo 'L3:0=ff' > "$resctrl/shared/schemata"
changed > /dev/null
all=('{"enableMonitoring": true}' '{"closID": "new", "enableMonitoring": true, "l3CacheSchema": "L3:0=f"}'
  '{"closID": "shared", "schemata": ["L3:0=7"], "enableMonitoring": true}')
unchanged() {
  nothing_left
  equal "$(cd "$resctrl" && echo * mon_groups/* shared/mon_groups/*)" \
    'info mon_data mon_groups schemata shared tasks mon_groups/* shared/mon_groups/*'
}
for each in "${all[@]}"; do
  rdt "$each"
  arguments /bin/missing
  refused 'no such file or directory' rdt_tare create --bundle "$bundle" c1
  unchanged
  has "$(head -1 "$resctrl/shared/schemata")" 'L3:0=000ff'
done

# Others that found the group meanwhile keep it.
rdt "${all[1]}"
sleep 1000 &
configure '.hooks.createRuntime = [{path: "/bin/sh", args: ["sh", "-c", "echo \($p) > \($d)/new/tasks; exit 1"]}]' \
  --arg d "$resctrl" --arg p $!
refused 'createRuntime hook' rdt_tare create --bundle "$bundle" c1
nothing_left
equal "$(cat "$resctrl/new/tasks")" $!
kill $!
rmdir "$resctrl/new"

# The hook is a child of tare.
script true
configure '.hooks.createRuntime = [{path: "/bin/sh", args: ["sh", "-c", "kill -KILL $PPID; sleep 1"]}]'
for each in "${all[@]}"; do
  rdt "$each"
  status 137 rdt_tare create --bundle "$bundle" c1
  equal "$(jq -r .phase "$root/c1/state.json")" creating
  status 0 tare delete --force c1
  unchanged
done
