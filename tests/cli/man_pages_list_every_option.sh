#!/bin/bash
# The pages are written by hand, the completions made by a program of their own: all must name the
# options of the help texts.
. "$(dirname "$0")/lib.sh"

manual=$source_root/man
plain() { sed -e 's/\\-/-/g; s/\\f[BIRP]//g; s/"//g' "$1"; }
documented() {  # of a page: "--option VALUE, -o VALUE", sorted
  plain "$1" | sed -n '/^\.SH OPTIONS/,/^\.SH [^O]/p' | sed -n '/^\.TP/{n;s/^\.BI\? \(--.*\)/\1/p}' |
    sed 's/  */ /g; s/ ,/,/g; s/ $//' | sort
}
in_help() { sed -n 's/^   \(--.*[^ ]\)   *[^ ].*/\1/p' | sed 's/ *$//' | sort; }

completions=$(dirname "$TARE")/../../completions
[ -e "$completions/tare" ] || skip "$TARE is not in a build folder with completions"
forms() { tr , '\n' | sed 's/^ *//; s/ .*//; s/\[=.*//' | sort; }
in_bash() {  # COMMAND
  bash -c '. "$1"; _tare_options "$2" | head -n 1' bash "$completions/tare" "$1" | tr ' ' '\n' | sort
}
in_zsh() {  # COMMAND
  sed -n "/^_tare_$1() {/,/^}/p" "$completions/_tare" | sed -n "s/^ *'\*\(--*[a-zA-Z0-9-]*\).*/\1/p" | sort
}
in_fish() {  # COMMAND
  sed -n "s/^complete -c tare -n '__tare_in $1' -l \([^ ]*\)\( -s \(.\)\)\?.*/--\1 -\3/p" "$completions/tare.fish" |
    tr ' ' '\n' | grep -vx -- - | sort
}
with_value() { sed -n "s/^--\([a-z0-9-]*\) .*/\1/p" | sort; }  # options that the help shows with a value
in_bash_with_value() {  # COMMAND
  bash -c '. "$1"; for o in $(_tare_options "$2" | head -n 1); do
    [ -z "$(_tare_value "$2" "$o")" ] || echo "$o"; done' bash "$completions/tare" "$1" | sed -n 's/^--//p' | sort
}
equal "$(documented "$manual/tare.8")" "$("$TARE" --help | in_help)"
commands=$("$TARE" --help | sed -n '/^COMMANDS:/,/^$/s/^   \([a-z]*\) .*/\1/p' | grep -vx help)
has "$commands" create
for command in $commands; do
  page=$(ls "$manual/tare-$command".[18])
  [ -f "$page" ] || fail "no page for $command"
  equal "$(documented "$page")" "$("$TARE" "$command" --help | in_help)" "$command"
  has "$(plain "$manual/tare.8")" "tare-$command \([18]\)"
  options=$("$TARE" "$command" --help | in_help)
  if [ -n "$options" ]; then
    for shell in bash zsh fish; do
      equal "$(in_$shell "$command")" "$(forms <<< "$options")" "$command in $shell"
    done
    equal "$(in_bash_with_value "$command")" "$(with_value <<< "$options")" "$command with values"
  fi
  for section in NAME SYNOPSIS DESCRIPTION OPTIONS 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
    has "$(cat "$page")" "^\.SH $section$"
  done
  grep -q "'${page##*/}'" "$manual/meson.build" || fail "${page##*/} is not installed"
done
