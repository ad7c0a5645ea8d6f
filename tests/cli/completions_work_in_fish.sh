#!/bin/bash
. "$(dirname "$0")/lib.sh"

completions=$(dirname "$TARE")/../../completions/tare.fish
[ -e "$completions" ] || skip "$TARE is not in a build folder with completions"
command -v fish > /dev/null || skip 'no fish'
export HOME=$work
# What fish offers for the line, without the descriptions.
offered() {
  PATH=$(dirname "$TARE"):$PATH fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$completions" "$1" |
    cut -f1 | sort | paste -sd' '
}
fish --no-execute "$completions"
equal "$(offered 'tare re')" 'restore resume'
equal "$(offered 'tare --debug --root /x st')" 'start state'
equal "$(offered 'tare --sy')" --systemd-cgroup
equal "$(offered 'tare --log-format ')" 'json text'
equal "$(offered 'tare run --no-')" '--no-new-keyring --no-pivot --no-subreaper'
equal "$(offered 'tare list --format ')" 'json table'
equal "$(offered 'tare create --format ')" 'json text'
equal "$(offered 'tare help ev')" events
equal "$(offered 'tare list -')" "$(offered 'tare list -' | tr ' ' '\n' | sort -u | paste -sd' ')"
lacks "$(offered 'tare list --')" '--bundle'
lacks "$(offered 'tare exec c1 ls --')" '--'
mkdir "$work/a_folder"
touch "$work/a_file"
equal "$(offered "tare run --bundle $work/a_")" "$work/a_folder/"

arguments true
tare create --bundle "$bundle" c1 < /dev/null > /dev/null
equal "$(offered "tare --root $root start ")" c1
equal "$(offered "tare --root=$root kill --all ")" c1
equal "$(offered "tare --root $root kill c1 US")" 'USR1 USR2'
lacks "$(offered "tare --root $root create c")" c1
tare delete c1
