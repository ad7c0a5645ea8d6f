// Host and domain name of the UTS namespace.
#include "namespaces/ops.h"
#include "runtime/act/syscall.h"

namespace tare::act {

void hostname(Context& context, const Op& op) {
  must(context, call(__NR_sethostname, context.text(op.text), op.text.length), "sethostname");
}

void domainname(Context& context, const Op& op) {
  must(context, call(__NR_setdomainname, context.text(op.text), op.text.length), "setdomainname");
}

}  // namespace tare::act
