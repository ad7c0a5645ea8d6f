#!/bin/bash
# The pages and the help texts are written separately; they must name the same options.
. "$(dirname "$0")/lib.sh"

manual=$source_root/man
plain() { sed -e 's/\\-/-/g; s/\\f[BIRP]//g; s/"//g' "$1"; }
documented() {  # of a page: "--option VALUE, -o VALUE", sorted
  plain "$1" | sed -n '/^\.SH OPTIONS/,/^\.SH [^O]/p' | sed -n '/^\.TP/{n;s/^\.BI\? \(--.*\)/\1/p}' |
    sed 's/  */ /g; s/ ,/,/g; s/ $//' | sort
}
in_help() { sed -n 's/^   \(--.*[^ ]\)   *[^ ].*/\1/p' | sed 's/ *$//' | sort; }
equal "$(documented "$manual/tare.8")" "$("$TARE" --help | in_help)"
commands=$("$TARE" --help | sed -n '/^COMMANDS:/,/^$/s/^   \([a-z]*\) .*/\1/p' | grep -vx help)
has "$commands" create
for command in $commands; do
  page=$manual/tare-$command.8
  [ -f "$page" ] || fail "no page for $command"
  equal "$(documented "$page")" "$("$TARE" "$command" --help | in_help)" "$command"
  has "$(plain "$manual/tare.8")" "tare-$command \(8\)"
  for section in NAME SYNOPSIS DESCRIPTION OPTIONS 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
    has "$(cat "$page")" "^\.SH $section$"
  done
  grep -q "'tare-$command.8'" "$manual/meson.build" || fail "tare-$command.8 is not installed"
done
