// The container's terminal: a pty of the container's own devpts, verified to be one, its slave
// bound over /dev/console by descriptor (CVE-2025-52565) and made the standard streams.
#include <asm/ioctls.h>
#include <linux/mount.h>
#include <linux/openat2.h>

#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

constexpr uint64_t kPtmx = (uint64_t{5} << 32) | 2;
constexpr uint64_t kNull = (uint64_t{1} << 32) | 3;
constexpr long kKeep = -1;

struct WindowSize {
  uint16_t rows, columns, x, y;
};

bool is_null(int fd) {
  return file_type(fd) == S_IFCHR && file_device(fd) == kNull;
}

int open_ptmx(Context& context) {
  constexpr const char* kPath = "/dev/pts";
  ScopedFd pts(
      must(context, resolve(context.root, kPath, Missing::Fail, Links::Refuse), "openat2", kPath));
  if (filesystem_type(pts.get()) != DEVPTS_SUPER_MAGIC) fail(context, "statfs", ENODEV, kPath);
  int flags = O_RDWR | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC;
  long ptmx =
      must(context, call(__NR_openat, pts.get(), "ptmx", flags, 0), "open", "/dev/pts/ptmx");
  if (file_device(static_cast<int>(ptmx)) != kPtmx) fail(context, "open", ENODEV, "/dev/pts/ptmx");
  return static_cast<int>(ptmx);
}

void bind_console(Context& context, int slave) {
  constexpr const char* kPath = "/dev/console";
  ScopedFd target(
      must(context, resolve(context.root, kPath, Missing::File, Links::Refuse), "openat2", kPath));
  if (file_type(target.get()) == S_IFDIR) fail(context, "mount", EISDIR, kPath);
  unsigned flags = AT_EMPTY_PATH | OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC;
  ScopedFd tree(must(context, call(__NR_open_tree, slave, "", flags), "open_tree", kPath));
  must(context,
       call(__NR_move_mount, tree.get(), "", target.get(), "",
            MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH),
       "move_mount", kPath);
}

void send_master(Context& context, int master) {
  unsigned number = 0;
  must(context, call(__NR_ioctl, master, TIOCGPTN, &number), "ioctl", "TIOCGPTN");
  Buffer<32> name;
  name.add("/dev/pts/").add_number(number);
  Report report;
  report.type = ReportType::Console;
  copy(report.text, name.text(), name.size());
  report.text_length = static_cast<uint32_t>(name.size());
  send_report(context, report, master);
}

}  // namespace

void console(Context& context, const Op& op) {
  ScopedFd master(open_ptmx(context));
  int unlock = 0;
  must(context, call(__NR_ioctl, master.get(), TIOCSPTLCK, &unlock), "ioctl", "TIOCSPTLCK");
  ScopedFd slave(must(context,
                      call(__NR_ioctl, master.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC),
                      "ioctl", "TIOCGPTPEER"));
  if (op.a != 0) {
    WindowSize size{static_cast<uint16_t>(op.a >> 16), static_cast<uint16_t>(op.a), 0, 0};
    must(context, call(__NR_ioctl, slave.get(), TIOCSWINSZ, &size), "ioctl", "TIOCSWINSZ");
  }
  must(context, call(__NR_fchown, slave.get(), op.number, kKeep), "chown", "the terminal");
  if ((op.flags & flag::kUnbound) == 0) bind_console(context, slave.get());
  for (int fd = 0; fd <= 2; ++fd) {
    must(context, call(__NR_dup3, slave.get(), fd, 0), "dup3", "the terminal");
  }
  send_master(context, master.get());
}

void take_terminal(Context& context, const Op&) {
  must(context, call(__NR_ioctl, 0, TIOCSCTTY, 0), "ioctl", "TIOCSCTTY");
}

// A standard stream that is the host's /dev/null would let the container change that inode's owner
// and mode. The container's own one is used where it has one.
void reopen_null(Context& context, const Op&) {
  struct open_how how {};
  how.flags = O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  for (int fd = 0; fd <= 2; ++fd) {
    if (!is_null(fd)) continue;
    ScopedFd seen(resolve(context.root, "/dev/null", Missing::Fail));
    if (seen.get() < 0 || !is_null(seen.get())) return;
    ScopedFd own(call(__NR_openat2, context.root, "/dev/null", &how, sizeof how));
    if (own.get() < 0 || !is_null(own.get())) return;
    must(context, call(__NR_dup3, own.get(), fd, 0), "dup3", "/dev/null");
  }
}

// The user must be able to reopen /dev/stdout. Not possible for every kind of file, and then no
// loss: the descriptors themselves work.
void stdio_owner(Context&, const Op& op) {
  for (int fd = 0; fd <= 2; ++fd) {
    struct statx status {};
    if (call(__NR_statx, fd, "", AT_EMPTY_PATH, STATX_UID, &status) != 0) continue;
    if (status.stx_uid == op.number || is_null(fd)) continue;
    call(__NR_fchown, fd, op.number, kKeep);
  }
}

}  // namespace tare::act
