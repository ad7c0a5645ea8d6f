#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
for id in web1 web2 db1 old; do
  configure '.linux.cgroupsPath = $path' --arg path "/$tag/$id"
  tare run -d --bundle "$bundle" $id < /dev/null > /dev/null
done
tare kill old KILL
eventually is_status stopped old
equal "$(tare kill --regex '^web[0-9]$' TERM 2>&1)" ''
eventually is_status stopped web1
eventually is_status stopped web2
equal "$(state_of db1)" running

# One that fails does not keep the others from it.
refused '^container "old": container not running; container "web1": container not running; container "web2": container not running$' \
  tare kill -r '.' TERM
eventually is_status stopped db1
equal "$(tare kill --regex 'nothing|else' 2>&1)" ''
equal "$(tare kill --regex --all . KILL 2>&1)" '' 'all of a stopped one is no error'
refused '^invalid regular expression "\(": ' tare kill --regex '('
refused '^unknown signal "FOO"$' tare kill --regex . FOO
equal "$("$TARE" --root "$work/nowhere" kill --regex . 2>&1)" ''
tare delete --regex 'web|db|old'
