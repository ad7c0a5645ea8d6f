// Writes below a procfs of our own: never through a link or another mount (CVE-2025-52881), one
// write(2) for the whole value. Labels are read back: another file of a procfs would have swallowed
// them just as well (CVE-2019-16884), and a process without its label is not confined.
#include <linux/openat2.h>

#include "namespaces/ops.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"

namespace tare::act {
namespace {

constexpr size_t kMaxLabel = 4096;
constexpr char kBetween[] = "//&";  // the parts of a stack of AppArmor profiles

// The operation's file as messages name it.
Buffer<kMaxPath> shown(const Context& context, const Op& op) {
  Buffer<kMaxPath> path;
  path.add("/proc/").add(context.text(op.text));
  return path;
}

// The operation's file below the procfs, whose kind is checked.
long open_below(Context& context, const Op& op, int access) {
  constexpr char kSelf[] = "self/";
  int proc = context.slot(op.fd);
  if (filesystem_type(proc) != PROC_SUPER_MAGIC) fail(context, "statfs", EINVAL, "/proc");
  // "self" is a link, and links are not followed: our number instead.
  Buffer<kMaxPath> path;
  const char* text = context.text(op.text);
  if (starts_with(text, kSelf)) {
    path.add_number(static_cast<uint64_t>(call(__NR_getpid))).add(text + sizeof kSelf - 2);
  } else {
    path.add(text);
  }
  struct open_how how {};
  how.flags = static_cast<uint64_t>(access) | O_CLOEXEC | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS;
  return must(context, call(__NR_openat2, proc, path.text(), &how, sizeof how), "open",
              shown(context, op).text());
}

// The label without what the kernel puts behind it: a NUL or a newline, and AppArmor's mode in
// brackets ("docker-default (enforce)").
size_t label_length(const char* text, size_t size) {
  while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == 0)) --size;
  if (size == 0 || text[size - 1] != ')') return size;
  for (size_t i = size - 1; i > 0; --i) {
    if (text[i] == '(' && text[i - 1] == ' ') return i - 1;
  }
  return size;
}

// Whether `part` stands in `label` between separators or ends.
bool has_part(const char* label, size_t size, const char* part) {
  constexpr size_t kGap = sizeof kBetween - 1;
  size_t wanted = length(part);
  for (size_t i = 0; i + wanted <= size; ++i) {
    bool begins = i == 0 || (i >= kGap && equal(label + i - kGap, kBetween, kGap));
    bool ends = i + wanted == size ||
                (i + wanted + kGap <= size && equal(label + i + wanted, kBetween, kGap));
    if (begins && ends && equal(label + i, part, wanted)) return true;
  }
  return false;
}

// All of the parts and nothing else; the kernel orders them as it likes.
bool is_label(const Context& context, Ref parts, const char* label, size_t size) {
  size_t all = 0;
  for (const char* part = nullptr; (part = list_next(context, parts, part)) != nullptr;) {
    if (!has_part(label, size, part)) return false;
    all += length(part) + (all == 0 ? 0 : sizeof kBetween - 1);
  }
  return all == size;
}

}  // namespace

void write_proc(Context& context, const Op& op) {
  ScopedFd file(open_below(context, op, O_WRONLY));
  long written =
      must(context, call(__NR_write, file.get(), context.text(op.text2), op.text2.length), "write",
           shown(context, op).text());
  if (written != static_cast<long>(op.text2.length)) {
    fail(context, "write", EIO, shown(context, op).text());
  }
}

void label(Context& context, const Op& op) {
  write_proc(context, op);
  ScopedFd file(open_below(context, op, O_RDONLY));
  char text[kMaxLabel];
  long size = must(context, call(__NR_read, file.get(), text, sizeof text - 1), "read",
                   shown(context, op).text());
  size_t end = label_length(text, static_cast<size_t>(size));
  text[end] = 0;
  if (!is_label(context, op.data, text, end)) fail(context, "label read back:", EIO, text);
}

}  // namespace tare::act
