// start and delete killed at every one of their system calls: whatever is left, the container is in
// one of its states, and delete --force leaves nothing.
#include <sys/ptrace.h>

#include "runtime/container/delete.h"
#include "runtime/container/start.h"
#include "runtime/container/status.h"
#include "tests/kernel/container_cgroup_fixture.h"

namespace tare {
namespace {

// Runs `body` in a child and kills it at its `stop`th entry to or return from a system call. False
// when it ended before that.
bool run_killed(const std::function<void()>& body, int stop) {
  pid_t pid = ::fork();
  if (pid == 0) {
    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    ::raise(SIGSTOP);
    body();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  for (int i = 0; i < stop; ++i) {
    ::ptrace(PTRACE_SYSCALL, pid, nullptr, nullptr);
    ::waitpid(pid, &status, 0);
    if (WIFEXITED(status)) return false;
  }
  ::kill(pid, SIGKILL);
  ::waitpid(pid, &status, 0);
  return true;
}

constexpr int kMostStops = 2000;

class Killed : public CgroupTest {
 protected:
  // A created container in its cgroup, whose init runs `sleep` once connected to.
  std::unique_ptr<TestChild> create() {
    if (!exists(cgroup_)) {
      sys::try_mkdirat(AT_FDCWD, parent_, 0755);
      sys::mkdirat(AT_FDCWD, cgroup_, 0755);
    }
    put(record_in_cgroup(0));
    Fd socket = listen("c");
    auto init = std::make_unique<TestChild>([&] {
      int connection = ::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC);
      send_report(connection, act::ReportType::Executing);
      ::execl("/bin/sleep", "sleep", "1000", nullptr);
    });
    join(init->pid(), cgroup_);
    store().find_locked("c").write(record_in_cgroup(init->pid()));
    return init;
  }
  void expect_nothing_left(int stop) {
    EXPECT_EQ(error_of([&] { remove_container(store(), "c", Force::Yes); }), "no error") << stop;
    EXPECT_FALSE(exists(root() + "/c")) << stop;
    EXPECT_FALSE(exists(cgroup_)) << stop;
    EXPECT_FALSE(exists(parent_)) << stop;
  }
};

TEST_F(Killed, DeleteAtEverySystemCall) {
  int stop = 1;
  for (bool killed = true; killed && stop < kMostStops; ++stop) {
    auto init = create();
    killed = run_killed([&] { remove_container(store(), "c", Force::Yes); }, stop);
    if (auto directory = store().try_find("c")) {
      if (auto record = directory->try_read()) container_status(*directory, *record);
    }
    expect_nothing_left(stop);
    EXPECT_EQ(WTERMSIG(init->wait()), SIGKILL) << stop;
  }
  EXPECT_GT(stop, 50);
  EXPECT_LT(stop, kMostStops);
  parent_.clear();
}

TEST_F(Killed, StartAtEverySystemCall) {
  int stop = 1;
  int seen[5] = {};
  for (bool killed = true; killed && stop < kMostStops; ++stop) {
    auto init = create();
    killed = run_killed(
        [&] {
          ContainerDirectory directory = store().find_locked("c");
          start(directory);
        },
        stop);
    ContainerDirectory directory = store().find("c");
    oci::Status status = container_status(directory, directory.read());
    ++seen[static_cast<int>(status)];
    if (status == oci::Status::Created) {
      // It may be on its way to execve, having been connected to.
      std::string again = error_of([&] {
        ContainerDirectory locked = store().find_locked("c");
        start(locked);
      });
      status = container_status(directory, directory.read());
      EXPECT_EQ(status, oci::Status::Running) << stop << ": " << again;
    }
    EXPECT_EQ(status, oci::Status::Running) << stop;
    expect_nothing_left(stop);
  }
  EXPECT_GT(seen[static_cast<int>(oci::Status::Created)], 10);
  EXPECT_GT(seen[static_cast<int>(oci::Status::Running)], 1);
  parent_.clear();
}

}  // namespace
}  // namespace tare
