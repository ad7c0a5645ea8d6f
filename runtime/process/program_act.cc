// Working directory, lookup of the program as the user that will run it, and the last step of all.
#include <linux/close_range.h>
#include <linux/mman.h>
#include <linux/prctl.h>

#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/strings_in_memory.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

constexpr long kExecutable = 1;  // X_OK
constexpr long kEffectiveIds = 0x200;

// 0 when `path` is a file we may execute, else the errno that says why not.
long executable(const char* path) {
  struct statx status {};
  long result = call(__NR_statx, AT_FDCWD, path, 0, STATX_TYPE | STATX_MODE, &status);
  if (result < 0) return -result;
  if ((status.stx_mode & S_IFMT) == S_IFDIR) return EISDIR;
  // Real and effective ids are the same by now, so that the older call asks the same question
  // where a filter does not know the newer one (Linux 5.8).
  result = call(__NR_faccessat2, AT_FDCWD, path, kExecutable, kEffectiveIds);
  if (result == -ENOSYS || result == -EPERM) {
    result = call(__NR_faccessat, AT_FDCWD, path, kExecutable);
  }
  return -result;
}

bool try_candidate(Context& context, const char* directory, const char* name) {
  Buffer<kMaxPath> path;
  path.add(directory).add('/').add(name);
  if (path.cut() || executable(path.text()) != 0) return false;
  copy(context.program, path.text(), path.size() + 1);
  return true;
}

}  // namespace

// The directory is resolved inside the root without magic links, so "/proc/self/fd/7" leads nowhere
// (CVE-2024-21626); the kernel's own answer is checked all the same. A user may be able to enter
// where root is not (root squash): second try after the change of ids.
void working_directory(Context& context, const Op& op) {
  const char* path = context.text(op.text);
  bool second = op.number != 0;
  if (second && !context.cwd_pending) return;
  ScopedFd directory(must(context, resolve(context.root, path, Missing::Fail), "chdir", path));
  long entered = call(__NR_fchdir, directory.get());
  if (entered == -EACCES && !second) {
    context.cwd_pending = true;
    return;
  }
  must(context, entered, "chdir", path);
  char cwd[kMaxPath];
  must(context, call(__NR_getcwd, cwd, sizeof cwd), "getcwd", path);
  if (cwd[0] != '/') fail(context, "getcwd", EPERM, "outside of the container's root");
  context.cwd_pending = false;
}

void find_program(Context& context, const Op& op) {
  const char* name = context.text(op.text);
  if (contains(name, '/')) {
    long error = executable(name);
    if (error != 0) fail(context, "stat", error, name);
    if (op.text.length >= kMaxPath) fail(context, "stat", ENAMETOOLONG, name);
    copy(context.program, name, op.text.length + 1);
    return;
  }
  for (const char* directory = nullptr;
       (directory = list_next(context, op.data, directory)) != nullptr;) {
    if (try_candidate(context, directory, name)) return;
  }
  fail(context, "PATH", ENOENT, name);
}

// The container's filter may be loaded already and allow none but common calls, so this is not left
// to the end; what is opened afterwards is opened so.
void close_on_exec(Context& context, const Op& op) {
  must(context, call(__NR_close_range, op.number, ~0U, CLOSE_RANGE_CLOEXEC), "close_range");
  const auto* kept = reinterpret_cast<const int32_t*>(context.text(op.data));
  for (size_t i = 0; i < op.data.length / sizeof(int32_t); ++i) {
    must(context, call(__NR_fcntl, kept[i], F_SETFD, 0), "fcntl");
  }
}

void execute(Context& context, const Op& op) {
  char** argv = pointers(context, op.data, nullptr);
  char** env = pointers(context, op.data2, context.home[0] != 0 ? context.home : nullptr);
  Report report;
  report.type = ReportType::Executing;
  send_report(context, report, -1);
  // Under no_new_privs the filter comes here, so that it need not allow anything but execve.
  if (op.text.length != 0) load_filter(context, op.text, op.a);
  fail(context, "execve", -call(__NR_execve, context.program, argv, env), context.program);
}

}  // namespace tare::act
