// A real cgroup for a test container.
#pragma once

#include <linux/magic.h>
#include <sys/statfs.h>

#include "cgroups/cgroup.h"
#include "tests/unit/container_fixture.h"

namespace tare {

// The cgroup2 mount we may make directories in; empty: none.
inline std::string cgroup_mount() {
  for (const char* path : {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}) {
    struct statfs status {};
    if (::statfs(path, &status) == 0 && status.f_type == CGROUP2_SUPER_MAGIC &&
        ::access(path, W_OK) == 0) {
      return path;
    }
  }
  return "";
}

class CgroupTest : public ContainerTest {
 protected:
  void SetUp() override {
    if (cgroup_mount().empty()) GTEST_SKIP() << "no cgroup2 mount that we may write to";
    parent_ = cgroup_mount() + "/tare-test-" + std::to_string(::getpid());
    cgroup_ = parent_ + "/c";
    sys::mkdirat(AT_FDCWD, parent_, 0755);
    sys::mkdirat(AT_FDCWD, cgroup_, 0755);
  }
  void TearDown() override {
    if (!parent_.empty()) cgroups::remove(parent_, {});
  }

  void join(pid_t pid, const std::string& cgroup) {
    sys::write_file_at(AT_FDCWD, cgroup + "/cgroup.procs", std::to_string(pid));
  }
  void set_frozen(const char* value) {
    sys::write_file_at(AT_FDCWD, cgroup_ + "/cgroup.freeze", value);
    for (int i = 0; i < 500 && cgroups::is_frozen(cgroup_) != (*value == '1'); ++i) ::usleep(1000);
  }
  // A record with the cgroup, as for a container that create made it for.
  ContainerRecord record_in_cgroup(pid_t init) const {
    ContainerRecord record = this->record("c", init);
    record.cgroup = {cgroups::Manager::Cgroupfs, cgroup_, true, {parent_}};
    record.private_pid_namespace = false;
    return record;
  }

  std::string parent_;
  std::string cgroup_;
};

}  // namespace tare
