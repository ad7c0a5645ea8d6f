// Session, life line and keyring.
#include <linux/keyctl.h>
#include <linux/prctl.h>

#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/process/keyring.h"
#include "runtime/process/ops.h"

namespace tare::act {
void session(Context& context, const Op&) {
  must(context, call(__NR_setsid), "setsid");
}

// Cleared by the kernel at every change of credentials: to be repeated after them (prctl(2)).
void die_with_parent(Context& context, const Op& op) {
  must(context, call(__NR_prctl, PR_SET_PDEATHSIG, op.number != 0 ? kSigkill : 0, 0, 0, 0),
       "prctl");
}

void keyring(Context& context, const Op& op) {
  long key = call(__NR_keyctl, KEYCTL_JOIN_SESSION_KEYRING, context.text(op.text));
  if (key == -ENOSYS) return;  // a kernel without keyrings has none to leak
  must(context, key, "keyctl", context.text(op.text));
  must(context, call(__NR_keyctl, KEYCTL_SETPERM, key, process::keyring_rights(op.number != 0)),
       "keyctl", context.text(op.text));
}

}  // namespace tare::act
