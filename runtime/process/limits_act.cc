// Limits that a process puts on itself.
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>

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

void load_filter(Context& context, Ref filter, uint64_t flags) {
  struct sock_fprog program {};
  program.len = static_cast<unsigned short>(filter.length / sizeof(struct sock_filter));
  program.filter = reinterpret_cast<struct sock_filter*>(const_cast<char*>(context.text(filter)));
  long result = call(__NR_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
  if (result != 0) fail(context, "seccomp", result < 0 ? -result : EBUSY);
}

void seccomp(Context& context, const Op& op) {
  load_filter(context, op.data, op.number);
}

}  // namespace tare::act
