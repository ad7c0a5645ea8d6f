// A store of its own for each test, and stand-ins for a container's init.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <string>

#include "runtime/act/report.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/container/store.h"

namespace tare {

// The text of the Error that `call` throws; "no error" when it does not.
inline std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

inline bool exists(const std::string& path) {
  return sys::try_fstatat(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW).has_value();
}

inline std::string contents(const std::string& path) {
  return sys::try_read_file_at(AT_FDCWD, path).value_or("(no file)");
}

// A process that is killed and reaped at the end of the test, unless the test reaped it.
class TestChild {
 public:
  explicit TestChild(const std::function<void()>& body) : pid_(::fork()) {
    if (pid_ != 0) {
      pidfd_ = sys::pidfd_open(pid_);
      return;
    }
    body();
    ::_exit(0);
  }
  ~TestChild() {
    sys::pidfd_send_signal(pidfd_, SIGKILL);
    wait();
  }
  TestChild(const TestChild&) = delete;
  TestChild& operator=(const TestChild&) = delete;

  pid_t pid() const { return pid_; }
  // Its wait status. One that does not end within ten seconds fails the test instead of hanging it.
  int wait() {
    if (reaped_) return status_;
    if (!sys::poll_readable(pidfd_, 10'000)) {
      ADD_FAILURE() << "the process has not ended";
      sys::pidfd_send_signal(pidfd_, SIGKILL);
    }
    ::waitpid(pid_, &status_, 0);
    reaped_ = true;
    return status_;
  }

 private:
  pid_t pid_;
  Fd pidfd_;
  int status_ = 0;
  bool reaped_ = false;
};

inline void sleep_for_ever() {
  for (;;) ::pause();
}

class ContainerTest : public testing::Test {
 protected:
  ContainerTest() {
    char path[] = "/tmp/tare-container-XXXXXX";
    base_ = ::mkdtemp(path);
    store_.emplace(Store::open_or_create(root()));
  }
  ~ContainerTest() override {
    // Only what the tests make: a store of folders, and files beside it.
    std::string command = "rm -rf --one-file-system " + base_;
    EXPECT_EQ(::system(command.c_str()), 0);
  }

  std::string root() const { return base_ + "/state"; }
  std::string path(const std::string& name) const { return base_ + "/" + name; }
  Store& store() { return *store_; }

  ContainerRecord record(const std::string& id, pid_t init) const {
    ContainerRecord record;
    record.id = id;
    record.phase = Phase::Created;
    if (init > 0) record.init = identify(init);
    record.bundle = base_;
    record.rootfs = base_ + "/rootfs";
    record.created = "2026-01-02T03:04:05.000000006Z";
    record.cgroup.manager = cgroups::Manager::Disabled;
    record.private_pid_namespace = true;
    return record;
  }

  // A container as create leaves it, by its record.
  void put(const ContainerRecord& record) {
    Reservation reservation = store().reserve(record.id);
    reservation.directory().write(record);
    reservation.keep();
  }

  // The socket for start, as create makes it for init; the caller keeps it from being closed.
  Fd listen(const std::string& id) {
    return sys::listen_unix_at(store().find(id).fd(), kStartSocket);
  }

  // A hook that appends `what` to the file `log` beside the store.
  oci::Hook append_hook(const std::string& what) const {
    oci::Hook hook;
    hook.path = "/bin/sh";
    hook.args = {"sh", "-c", "echo " + what + " >> " + path("log")};
    return hook;
  }

 private:
  std::string base_;
  std::optional<Store> store_;
};

inline void send_report(int connection, act::ReportType type,
                        const std::function<void(act::Report&)>& fill = {}) {
  act::Report report;
  report.type = type;
  if (fill) fill(report);
  [[maybe_unused]] ssize_t n = ::send(connection, &report, sizeof report, MSG_NOSIGNAL);
}

}  // namespace tare
