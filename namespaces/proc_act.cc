// Writes below a procfs of our own: never through a link or another mount (CVE-2025-52881), one
// write(2) for the whole value.
#include <linux/openat2.h>

#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"

namespace tare::act {

void write_proc(Context& context, const Op& op) {
  constexpr char kSelf[] = "self/";
  int proc = context.slot(op.fd);
  if (filesystem_type(proc) != PROC_SUPER_MAGIC) fail(context, "statfs", EINVAL, "/proc");
  // "self" is a link, and links are not followed: our number instead.
  Buffer<kMaxPath> path;
  const char* text = context.text(op.text);
  bool own = true;
  for (size_t i = 0; i + 1 < sizeof kSelf; ++i) own = own && text[i] == kSelf[i];
  if (own) {
    path.add_number(static_cast<uint64_t>(call(__NR_getpid))).add(text + sizeof kSelf - 2);
  } else {
    path.add(text);
  }
  struct open_how how {};
  how.flags = O_WRONLY | O_CLOEXEC | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS;
  Buffer<kMaxPath> shown;
  shown.add("/proc/").add(text);
  ScopedFd file(
      must(context, call(__NR_openat2, proc, path.text(), &how, sizeof how), "open", shown.text()));
  long written =
      must(context, call(__NR_write, file.get(), context.text(op.text2), op.text2.length), "write",
           shown.text());
  if (written != static_cast<long>(op.text2.length)) fail(context, "write", EIO, shown.text());
}

}  // namespace tare::act
