// Where and when the process runs and where its memory comes from. All of it is inherited by every
// process of the container, and by execve.
#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

constexpr int kWhoProcess = 1;  // IOPRIO_WHO_PROCESS
constexpr uint64_t kByteBits = 8;

}  // namespace

void affinity(Context& context, const Op& op) {
  must(context, call(__NR_sched_setaffinity, 0, op.data.length, context.text(op.data)),
       "sched_setaffinity");
}

void scheduler(Context& context, const Op& op) {
  must(context, call(__NR_sched_setattr, 0, context.text(op.data), 0), "sched_setattr");
}

void io_priority(Context& context, const Op& op) {
  must(context, call(__NR_ioprio_set, kWhoProcess, 0, op.number), "ioprio_set");
}

// The kernel counts one bit less than it is told (set_mempolicy(2), BUGS of get_mempolicy(2)).
void memory_policy(Context& context, const Op& op) {
  bool nodes = op.data.length != 0;
  const char* mask = nodes ? context.text(op.data) : nullptr;
  uint64_t bits = nodes ? op.data.length * kByteBits + 1 : 0;
  must(context, call(__NR_set_mempolicy, op.number, mask, bits), "set_mempolicy");
}

}  // namespace tare::act
