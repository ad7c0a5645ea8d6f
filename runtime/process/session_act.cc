// Session, life line and keyring.
#include <linux/keyctl.h>
#include <linux/prctl.h>

#include "runtime/act/kernel.h"
#include "runtime/act/syscall.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

// KEY_POS_ALL | KEY_USR_VIEW, READ, SEARCH, LINK: the kernel's default for a session keyring plus
// search for its user, without which a change of uid loses it (keyrings(7)).
constexpr long kKeyringRights = 0x3f1b0000;
constexpr long kSearchByOthers = 0x8;

}  // namespace

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
  long rights = kKeyringRights | (op.number != 0 ? kSearchByOthers : 0);
  must(context, call(__NR_keyctl, KEYCTL_SETPERM, key, rights), "keyctl", context.text(op.text));
}

}  // namespace tare::act
