# Entries of devices are changed one by one: the four rates of one device come to stand in one line.
# Shows: blk-3
. "$(dirname "$0")/../lib.sh"
disk=$(lsblk -dnro MAJ:MIN,TYPE | awk '$2 == "disk" { print $1; exit }')
[ -n "$disk" ] || skip "no disk"
entry() { echo "[{\"major\": ${disk%:*}, \"minor\": ${disk#*:}, \"rate\": $1}]"; }
bundle 'sleep 1000'
edit_config '.linux.resources.blockIO.throttleReadBpsDevice = ($e + $e)' --argjson e "$(entry 485760)"
launch
runtime update -r - c <<END
{"blockIO": {"throttleReadBpsDevice": $(entry 10485760), "throttleWriteBpsDevice": $(entry 9437184),
 "throttleReadIOPSDevice": $(entry 1000), "throttleWriteIOPSDevice": $(entry 900)}}
END
equal io.max "$(limit io.max)" "$disk rbps=10485760 wbps=9437184 riops=1000 wiops=900"
runtime update -r - c <<<"{\"blockIO\": {\"throttleWriteIOPSDevice\": $(entry 5)}}"
equal "io.max after one of them" "$(limit io.max)" "$disk rbps=10485760 wbps=9437184 riops=1000 wiops=5"
