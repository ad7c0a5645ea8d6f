// Files of a root that is made in memory.
#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"

namespace tare::act {

void file(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  const char* name = nullptr;
  long parent = must(context, resolve_parent(context, path, &name), "openat2", path);
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  ScopedFd made(must(context, call(__NR_openat, parent, name, kFlags, op.number), "create", path));
  const char* content = context.text(op.data);
  for (uint32_t written = 0; written < op.data.length;) {
    long size = call(__NR_write, made.get(), content + written, op.data.length - written);
    written += static_cast<uint32_t>(must(context, size, "write", path));
  }
}

}  // namespace tare::act
