#!/bin/bash
. "$(dirname "$0")/lib.sh"

sleeper
for id in a.b axb c1; do
  configure '.linux.cgroupsPath = $path' --arg path "/$tag/$id"
  tare create --bundle "$bundle" $id < /dev/null > /dev/null
done
tare delete --regex '^a\.b$'
equal "$(tare list -q)" $'axb\nc1'
tare start axb

refused '^container "axb": cannot delete container axb that is not stopped: running$' tare delete -r .
equal "$(tare list -q)" axb 'the others are gone'
refused '^invalid regular expression "\[": ' tare delete --regex '['
equal "$(tare delete --regex nothing 2>&1)" ''
equal "$("$TARE" --root "$work/nowhere" delete --regex . 2>&1)" ''
equal "$(tare delete --force --regex 'a.b' 2>&1)" ''
