// A procfs of a pid namespace that its maker is not in, on kernels that can be told which and on
// those that cannot.
#include <linux/mount.h>
#include <signal.h>
#include <sys/wait.h>

#include "namespaces/proc_in_pid.h"
#include "runtime/act/syscall.h"
#include "tests/kernel/act_world.h"

namespace tare {
namespace {

using act::call;

class ActProcInPid : public World {
 protected:
  void SetUp() override {
    World::SetUp();
    struct clone_args_ {
      uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
    } arguments{CLONE_NEWPID, 0, 0, 0, SIGCHLD, 0, 0, 0};
    inhabitant_ = static_cast<pid_t>(call(SYS_clone3, &arguments, sizeof arguments));
    ASSERT_GE(inhabitant_, 0);
    if (inhabitant_ == 0) {
      for (;;) ::pause();
    }
    pid_ns_ = sys::openat(AT_FDCWD, "/proc/" + std::to_string(inhabitant_) + "/ns/pid", O_RDONLY);
  }
  void TearDown() override {
    ::kill(inhabitant_, SIGKILL);
    ::waitpid(inhabitant_, nullptr, 0);
    World::TearDown();
  }

  // Processes that the procfs opened by `open` shows.
  static std::vector<std::string> processes(int opened) {
    Fd filesystem(opened);
    EXPECT_EQ(call(SYS_fsconfig, filesystem.get(), FSCONFIG_CMD_CREATE, 0, 0, 0), 0);
    Fd mount(static_cast<int>(call(SYS_fsmount, filesystem.get(), FSMOUNT_CLOEXEC, 0)));
    EXPECT_TRUE(mount);
    std::vector<std::string> numbers = names("/proc/self/fd/" + std::to_string(mount.get()) + "/.");
    std::erase_if(numbers, [](const std::string& name) {
      return name.find_first_not_of("0123456789") != std::string::npos;
    });
    return numbers;
  }

  pid_t inhabitant_ = -1;
  Fd pid_ns_;
  act::Context context_;
};

TEST_F(ActProcInPid, ShowsTheInhabitantsAlone) {
  EXPECT_THAT(processes(act::open_proc_of(context_, pid_ns_.get())), testing::ElementsAre("1"));
}

TEST_F(ActProcInPid, IsTheSameWhenOpenedInside) {
  EXPECT_THAT(processes(act::open_proc_inside(context_, pid_ns_.get())), testing::ElementsAre("1"));
}

}  // namespace
}  // namespace tare
