// What the cgroup tests share: a place of their own on the host's cgroup2 hierarchy, children born
// in a cgroup, and a look at what is left.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <utility>

#include "cgroups/cgroup.h"
#include "cgroups/hierarchy.h"
#include "runtime/base/error.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {

// A process that is killed and reaped at the end of its scope.
class Child {
 public:
  // Runs `body` in a child born in `cgroup` (-1: ours) and exits with what it returns.
  Child(int cgroup, const std::function<int()>& body) : pid_(sys::clone3(0, &pidfd_, cgroup)) {
    if (pid_ == 0) ::_exit(body());
  }
  // One that sleeps.
  explicit Child(const Fd& cgroup)
      : Child(cgroup.get(), [] {
          for (;;) ::pause();
          return 0;
        }) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    wait();
  }

  pid_t pid() const { return pid_; }

  // Exit status, or the negated signal that ended it.
  int wait() {
    if (pid_ == 0) return 0;
    int status = 0;
    ::waitpid(std::exchange(pid_, 0), &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  Fd pidfd_;
  pid_t pid_;
};

class CgroupTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    hierarchy_ = find_hierarchy();
    if (!hierarchy_) GTEST_SKIP() << "needs a cgroup2 mount";
    top_ = "/tare-test-" + std::to_string(::getpid());
    ASSERT_FALSE(exists(host(top_)));
  }

  void TearDown() override {
    if (!hierarchy_) return;
    EXPECT_FALSE(exists(host(top_))) << "left behind";
    remove(host(top_), {});
  }

  std::string host(const std::string& path) const { return hierarchy_->mount + path; }

  Request request(const std::string& below = "/c") const {
    Request request;
    request.id = "c";
    request.cgroups_path = top_ + below;
    return request;
  }

  Cgroup create(const std::string& below = "/c") const {
    auto cgroup = Cgroup::create(make_plan(request(below)));
    if (!cgroup) throw Error("no cgroup");
    return std::move(*cgroup);
  }

  // A cgroup as a container makes it: no controllers enabled above.
  Fd make_plain(const std::string& below) const {
    sys::mkdirat(AT_FDCWD, host(top_ + below), 0755);
    return sys::openat(AT_FDCWD, host(top_ + below), O_PATH | O_DIRECTORY);
  }

  std::string text(const std::string& path) const { return sys::read_file_at(AT_FDCWD, path); }

  void write(const std::string& path, const std::string& value) const {
    sys::write_file_at(AT_FDCWD, path, value);
  }

  std::optional<Hierarchy> hierarchy_;
  std::string top_;  // below the mount
};

// The message of the Error that `action` throws; empty without one.
template <typename Action>
std::string error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace tare::cgroups
