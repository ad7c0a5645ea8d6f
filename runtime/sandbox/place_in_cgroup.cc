// A cgroup with processes gives no controllers to its children, so ours is a sibling of that in
// which we are (cgroups/plan.cc).
#include "runtime/sandbox/place_in_cgroup.h"

#include <unistd.h>

#include <cerrno>

#include "cgroups/stats.h"
#include "runtime/base/clock.h"
#include "runtime/base/error.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::sandbox {
namespace {

// No two at a time: several sandboxes of one process differ in the number.
std::string fresh_name() {
  static unsigned number = 0;
  return "tare-sandbox-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
}

cgroups::Request request_for(const oci::Config& config, cgroups::Manager manager) {
  cgroups::Request request;
  request.manager = manager;
  request.id = fresh_name();
  request.resources = config.linux_->resources;
  return request;
}

std::optional<uint64_t> number_in(const std::string& path) {
  auto text = sys::try_read_file_at(AT_FDCWD, path);
  return text ? parse_number<uint64_t>(trim(*text)) : std::nullopt;
}

}  // namespace

PlacedCgroup PlacedCgroup::place(const oci::Config& config, const Limits& limits) {
  PlacedCgroup placed;
  if (!limits.needs_cgroup()) return placed;
  std::string first;
  try {
    placed.plan_ = cgroups::make_plan(request_for(config, cgroups::Manager::Cgroupfs));
    auto made = cgroups::Cgroup::create(*placed.plan_);
    if (made) placed.cgroup_ = std::make_unique<cgroups::Cgroup>(std::move(*made));
    return placed;
  } catch (const Error& error) {
    first = error.what();
  }
  try {
    placed.plan_ = cgroups::make_plan(request_for(config, cgroups::Manager::Systemd));
    return placed;
  } catch (const Error& error) {
    placed.plan_.reset();
    if (limits.enforcement == Enforcement::BestEffort) return placed;
    throw Error("no cgroup can enforce the limits: " + first + "; by systemd: " + error.text())
        .with_hint(
            "run it in a delegated cgroup (systemd-run --user --scope -p Delegate=yes …), "
            "or with --limits best-effort");
  }
}

void PlacedCgroup::start(pid_t pid) {
  if (!by_systemd()) return;
  cgroup_ = std::make_unique<cgroups::Cgroup>(cgroups::Cgroup::start(*plan_, pid));
}

void PlacedCgroup::apply() {
  if (cgroup_) cgroup_->apply(*plan_);
}

void PlacedCgroup::measure(Result& result) const {
  if (!cgroup_) return;
  const std::string& path = cgroup_->path();
  Measured& measured = result.measured;
  measured.source = "cgroup";
  auto peak = number_in(path + "/memory.peak");
  if (peak) measured.memory_peak = peak;
  measured.swap_peak = number_in(path + "/memory.swap.peak");
  measured.pids_peak = number_in(path + "/pids.peak");
  measured.oom_kills = cgroups::oom_kills(path);
  if (*measured.oom_kills > 0 && result.outcome != Outcome::Exited) {
    result.outcome = Outcome::MemoryLimit;
    result.limits_hit = {"memory"};
  }
}

}  // namespace tare::sandbox
