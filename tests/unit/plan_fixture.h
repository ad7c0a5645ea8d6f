// Plans of small configurations: what is done, and in which order.
#pragma once

#include <gmock/gmock.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/base/error.h"
#include "runtime/base/sys.h"
#include "runtime/container/plan.h"
#include "tests/unit/config_parts.h"

namespace tare {

class PlanTest : public testing::Test {
 protected:
  using Kind = act::OpKind;
  using Steps = std::vector<act::Step>;

  PlanTest() {
    char path[] = "/tmp/tare-plan-XXXXXX";
    bundle_ = ::mkdtemp(path);
    sys::mkdirat(AT_FDCWD, bundle_ + "/rootfs", 0755);
    request.id = "c";
    request.bundle = bundle_;
    request.manager = cgroups::Manager::Disabled;
    config = small_config();
  }
  ~PlanTest() override {
    ::rmdir((bundle_ + "/rootfs").c_str());
    ::rmdir(bundle_.c_str());
  }

  // With a user namespace that maps ourselves: may be planned by anybody.
  static oci::Config small_config() {
    oci::Config config;
    config.root = oci::Root{"rootfs"};
    config.process.emplace();
    config.process->cwd = "/";
    config.process->args = {"prog"};
    config.process->env = {"PATH=/bin:/usr/bin", "HOME=/home"};
    config.linux_.emplace();
    for (const char* type : {"mount", "pid", "user"})
      config.linux_->namespaces.push_back({type, ""});
    config.linux_->uid_mappings = {{0, ::geteuid(), 1}};
    config.linux_->gid_mappings = {{0, ::getegid(), 1}};
    return config;
  }

  Plan plan() { return make_plan(config, request); }
  Steps steps() { return plan().steps.steps(); }
  std::string error() {
    try {
      plan();
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  }
  const std::string& bundle() const { return bundle_; }

  static int count(const Steps& steps, Kind kind) {
    return static_cast<int>(std::count_if(
        steps.begin(), steps.end(), [&](const act::Step& step) { return step.kind == kind; }));
  }
  // Where the operation is (of several the `number`th); -1: nowhere.
  static int position(const Steps& steps, Kind kind, int number = 0) {
    for (size_t i = 0; i < steps.size(); ++i) {
      if (steps[i].kind == kind && number-- == 0) return static_cast<int>(i);
    }
    return -1;
  }
  static const act::Step& find(const Steps& steps, Kind kind, int number = 0) {
    int at = position(steps, kind, number);
    EXPECT_GE(at, 0) << "no operation " << static_cast<int>(kind);
    static const act::Step kNone;
    return at < 0 ? kNone : steps[static_cast<size_t>(at)];
  }
  // Each of these operations is there, the first of its kind before the first of the next.
  static void expect_order(const Steps& steps, const std::vector<Kind>& kinds) {
    int before = -1;
    for (Kind kind : kinds) {
      int at = position(steps, kind);
      EXPECT_GT(at, before) << "operation " << static_cast<int>(kind);
      before = at;
    }
  }
  // The slots that tare-init asks the parent to fill with a mapping.
  static std::vector<int> asked_mappings(const Steps& steps) {
    std::vector<int> slots;
    for (const act::Step& step : steps) {
      bool asks = step.kind == Kind::Sync &&
                  step.number == static_cast<uint32_t>(act::SyncPoint::MountMapping);
      if (asks) slots.push_back(step.fd);
    }
    return slots;
  }
  static std::vector<int> numbers(const std::string& bytes) {
    std::vector<int> numbers(bytes.size() / sizeof(int));
    bytes.copy(reinterpret_cast<char*>(numbers.data()), bytes.size());
    return numbers;
  }

  oci::Config config;
  PlanRequest request;

 private:
  std::string bundle_;
};

}  // namespace tare
