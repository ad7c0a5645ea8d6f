# cpu.idle by document and option; other limits do not touch it, shares end it.
# Shows: cpu-4
. "$(dirname "$0")/../lib.sh"
if is_runc; then skip "this runc has no cpu.idle"; fi
bundle 'sleep 1000' '.linux.resources.cpu = {shares: 512}'
launch
for value in 1 0 1; do
  runtime update -r - c <<<"{\"cpu\": {\"idle\": $value}}"
  equal cpu.idle "$(limit cpu.idle)" "$value"
done
for value in 0 1; do
  runtime update --cpu-idle "$value" c
  equal cpu.idle "$(limit cpu.idle)" "$value"
done
for value in -1 2 3; do
  refused 'idle' runtime update --cpu-idle "$value" c
  equal cpu.idle "$(limit cpu.idle)" 1
done
runtime update --cpu-period 10000 c
equal "cpu.idle after another update" "$(limit cpu.idle)" 1
runtime update --cpu-share 1024 c
equal "idle and weight after shares" "$(limit cpu.idle) $(limit cpu.weight)" "0 100"
