// Limits that a process puts on itself.
#include <linux/prctl.h>

#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/process/ops.h"

namespace tare::act {

void rlimit(Context& context, const Op& op) {
  uint64_t limits[2] = {op.a, op.b};
  must(context, call(__NR_prlimit64, 0, op.number, limits, 0), "setrlimit", context.text(op.text));
}

void set_umask(Context&, const Op& op) {
  call(__NR_umask, op.number);
}

void personality(Context& context, const Op& op) {
  must(context, call(__NR_personality, op.number), "personality");
}

void no_new_privileges(Context& context, const Op&) {
  must(context, call(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl", "PR_SET_NO_NEW_PRIVS");
}

}  // namespace tare::act
