#!/bin/bash
# Asked as bash asks: words before the cursor, "=" a word of its own.
. "$(dirname "$0")/lib.sh"

script=$(dirname "$TARE")/../../completions/tare
[ -e "$script" ] || skip "$TARE is not in a build folder with completions"
# The words of the line, the last of which is being typed; prints what may stand there.
complete_words() {
  bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tare; printf "%s\n" "${COMPREPLY[@]}"' \
    bash "$script" "$@" | paste -sd' '
}
equal "$(bash -c '. "$1"; complete -p tare' bash "$script")" 'complete -F _tare tare'

equal "$(complete_words tare re)" 'restore resume'
equal "$(complete_words tare --sy)" --systemd-cgroup
equal "$(complete_words tare --log-format '')" 'text json'
equal "$(complete_words tare --log-format = j)" json
equal "$(complete_words tare --log-format =)" 'text json'
equal "$(complete_words tare --debug --root /x st)" 'start state'
equal "$(complete_words tare --debug = false st)" 'start state'
equal "$(complete_words tare run --no-)" '--no-pivot --no-new-keyring --no-subreaper'
equal "$(complete_words tare run --log-f)" '--log-format' 'global options after the command'
equal "$(complete_words tare list -f '')" 'table json'
equal "$(complete_words tare create --explain --format '')" 'text json'
equal "$(complete_words tare help ev)" events
equal "$(complete_words tare exec c1 ls --)" '' 'words of the program'
equal "$(complete_words tare kill -- --)" '' 'no option after --'
mkdir "$work/a_folder"
touch "$work/a_file"
equal "$(complete_words tare run --bundle "$work/a_")" "$work/a_folder"
equal "$(complete_words tare run --pid-file "$work/a_")" "$work/a_file $work/a_folder"

script true
script=$(dirname "$TARE")/../../completions/tare
for id in c1 c2; do
  configure '.linux.cgroupsPath = $path' --arg path "/$tag/$id"
  tare create --bundle "$bundle" $id < /dev/null > /dev/null
done
equal "$(complete_words "$TARE" --root "$root" start '')" 'c1 c2'
equal "$(complete_words "$TARE" --root = "$root" kill --all c2)" c2
equal "$(complete_words "$TARE" --root "$root" kill c1 US)" 'USR1 USR2'
equal "$(complete_words "$TARE" --root "$root" create c)" '' 'a new one'
equal "$(complete_words "$TARE" --root "$work/nowhere" start '')" ''
tare delete c1
tare delete c2
