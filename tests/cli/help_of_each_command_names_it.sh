#!/bin/bash
. "$(dirname "$0")/lib.sh"

commands=$("$TARE" --help | sed -n '/^COMMANDS:/,/^$/s/^   \([a-z]*\) .*/\1/p')
has "$commands" create
for command in $commands; do
  has "$("$TARE" "$command" --help)" "^   tare $command - "
  equal "$("$TARE" help "$command")" "$("$TARE" "$command" --help)"
done
