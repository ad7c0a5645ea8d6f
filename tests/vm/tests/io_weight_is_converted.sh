# blockIO.weight 10..1000 maps to io.weight 1..10000; with the bfq scheduler its own file is used.
# Shows: blk-1
. "$(dirname "$0")/../lib.sh"
bundle true '.linux.resources.blockIO.weight = 500'
create
if [ -e "$CGROUP/io.bfq.weight" ]; then
  contains io.bfq.weight "$(limit io.bfq.weight)" '(^| )500$'
else
  equal io.weight "$(limit io.weight)" "default 4950"
fi
