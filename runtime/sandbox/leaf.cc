// A cgroup with processes gives no controllers to its children, so a leaf is a sibling of the
// cgroup in which we are (cgroups/plan.cc). In a scope of our own we step aside for the same
// reason.
//
// Whoever makes a leaf holds a lock on it (flock(2)), which ends with his process however that
// ends; a killed one leaves an empty cgroup behind, as nobody else could remove it. The next
// sandbox in the same place does: what it can lock is nobody's. In a scope systemd does.
#include "runtime/sandbox/leaf.h"

#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "cgroups/control_file.h"
#include "cgroups/hierarchy.h"
#include "cgroups/systemd.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/sandbox/resources.h"

namespace tare::sandbox {
namespace {

constexpr std::string_view kPrefix = "tare-sandbox-";
constexpr const char* kWayOut =
    "run it in a delegated cgroup of its own (systemd-run --user --scope -p Delegate=yes …, or a "
    "service with Delegate=yes and DelegateSubgroup=), or with --limits best-effort";

// Processes of several pid namespaces may make leaves in one place.
std::string fresh_name() {
  auto now = Clock::now().time_since_epoch().count();
  return std::string(kPrefix) + std::to_string(::getpid()) + "-" + std::to_string(now);
}

cgroups::Plan plan_leaf(const std::string& name, const oci::Resources& resources) {
  cgroups::Request request;
  request.id = name;
  request.resources = resources;
  return cgroups::make_plan(request);
}

// Of a flat keyed control file; 0 without it.
uint64_t value_in(std::string_view text, std::string_view key) {
  return cgroups::keyed_value(text, key).value_or(0);
}

std::string text_of(const std::string& path) {
  return sys::try_read_file_at(AT_FDCWD, path).value_or("");
}

std::optional<uint64_t> number_in(const std::string& path) {
  return parse_number<uint64_t>(trim(text_of(path)));
}

double milliseconds(Microseconds time) {
  return static_cast<double>(time.count()) / 1e3;
}

// Only systemd can help then.
bool lacks_permission(const Error& error) {
  int number = error.error();
  return number == EACCES || number == EPERM || number == EROFS || number == EBUSY;
}

// `name` in `directory`, held by nobody else; invalid when it is gone, or not to be had.
Fd lock(const Fd& directory, const std::string& name, int operation) {
  auto leaf = sys::try_openat(directory.get(), name, O_RDONLY | O_DIRECTORY);
  if (!leaf || ::flock(leaf->get(), operation) != 0) return {};
  auto there = sys::try_fstatat(directory.get(), name);
  if (!there || !sys::is_same_file(*there, sys::fstat(*leaf, name))) return {};
  return std::move(*leaf);
}

}  // namespace

Leaf LeafPlace::make(const Limits& asked) {
  if (!asked.needs_cgroup()) return {};
  Scope scope("cgroup");
  Limits limits = asked;
  if (limits.pids) ++*limits.pids;  // our init
  if (limits.enforcement == Enforcement::BestEffort) return best_effort(limits);
  return strict(limits);
}

Leaf LeafPlace::strict(const Limits& limits) {
  try {
    Leaf leaf = with(all_resources(limits));
    Enforcer by = in_scope_ ? Enforcer::Systemd : Enforcer::Cgroup;
    leaf.enforcers_ = {by, by, by, Enforcer::Supervisor};
    return leaf;
  } catch (Error& error) {
    bool known = !error.hint().empty();
    throw error.with_hint(known ? error.hint() + "; or use --limits best-effort" : kWayOut);
  }
}

// One limit after the other: each that cannot be leaves the others alone.
Leaf LeafPlace::best_effort(const Limits& limits) {
  Leaf leaf;
  try {
    leaf = with({});
  } catch (const Error&) {
    return leaf;
  }
  leaf.enforcers_.cpu_time = Enforcer::Supervisor;
  auto apply = [&](const oci::Resources& resources, Enforcer& enforcer) {
    try {
      leaf.cgroup_->apply(plan_leaf(std::string(base_name(leaf.cgroup_->path())), resources));
      enforcer = in_scope_ ? Enforcer::Systemd : Enforcer::Cgroup;
    } catch (const Error&) {
      enforcer = Enforcer::None;
    }
  };
  if (limits.memory) apply(memory_resources(limits), leaf.enforcers_.memory);
  if (limits.cpu_quota) apply(cpu_resources(limits), leaf.enforcers_.cpus);
  if (limits.pids) apply(pids_resources(limits), leaf.enforcers_.pids);
  return leaf;
}

// Where we may not, systemd is asked for a place in which we may.
Leaf LeafPlace::with(const oci::Resources& resources) {
  try {
    return fresh(plan_leaf(fresh_name(), resources));
  } catch (const Error& error) {
    if (in_scope_ || !lacks_permission(error)) throw;
    try {
      enter_scope();
    } catch (const Error& refused) {
      throw Error(error.text() + "; and " + refused.text()).with_hint(kWayOut);
    }
  }
  return fresh(plan_leaf(fresh_name(), resources));
}

Leaf LeafPlace::fresh(const cgroups::Plan& plan) {
  constexpr int kAttempts = 16;
  Fd parent = sys::openat(AT_FDCWD, parent_path(plan.path), O_RDONLY | O_DIRECTORY);
  if (!swept_ && !in_scope_) sweep(parent);
  swept_ = true;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto made = cgroups::Cgroup::create(plan);
    if (!made || !made->created()) throw Error("there is a cgroup " + plan.path + " already");
    Leaf leaf;
    leaf.lock_ = lock(parent, std::string(base_name(plan.path)), LOCK_EX);
    // Before it was locked, somebody who swept took it for a left one.
    if (!leaf.lock_) continue;
    made->apply(plan);
    leaf.cgroup_ = std::make_unique<cgroups::Cgroup>(std::move(*made));
    return leaf;
  }
  throw Error("cgroup " + plan.path + " is removed at once, again and again");
}

// Ours from now on, and gone with us.
void LeafPlace::enter_scope() {
  bool user = cgroups::has_user_manager();
  cgroups::Unit unit{fresh_name() + ".scope", user};
  cgroups::Systemd(user).start(unit,
                               {{"Description", dbus::text("tare sandbox")},
                                {"Delegate", dbus::boolean(true)},
                                {"CollectMode", dbus::text("inactive-or-failed")}},
                               ::getpid());
  in_scope_ = true;
  auto hierarchy = cgroups::find_hierarchy();
  if (!hierarchy) throw Error("cgroup2 is not mounted");
  std::string aside = hierarchy->mount + cgroups::own_cgroup(*hierarchy) + "/supervisor";
  sys::mkdirat(AT_FDCWD, aside, 0755);
  sys::write_file_at(AT_FDCWD, aside + "/cgroup.procs", std::to_string(::getpid()));
}

// Not ours to worry about when it does not work: another user's, or something in it still ends.
void LeafPlace::sweep(const Fd& parent) {
  for (const std::string& name : sys::list_directory(parent)) {
    if (!name.starts_with(kPrefix)) continue;
    Fd held = lock(parent, name, LOCK_EX | LOCK_NB);
    if (held) ::unlinkat(parent.get(), name.c_str(), AT_REMOVEDIR);
  }
}

Leaf::Times Leaf::times() const {
  if (!cgroup_) return {};
  std::string text = text_of(cgroup_->path() + "/cpu.stat");
  auto time = [&](const char* key) {
    return Microseconds(static_cast<int64_t>(value_in(text, key)));
  };
  return {time("usage_usec"), time("user_usec"), time("system_usec")};
}

void Leaf::begin() {
  before_ = times();
}

Microseconds Leaf::used() const {
  return times().total - before_.total;
}

bool Leaf::ran_out_of_memory() const {
  return cgroup_ && cgroups::oom_kills(cgroup_->path()) > 0;
}

void Leaf::measure(Result& result) const {
  if (!cgroup_) return;
  const std::string& path = cgroup_->path();
  Measured& measured = result.measured;
  Times now = times();
  measured.times = Source::Cgroup;
  measured.user_ms = milliseconds(now.user - before_.user);
  measured.system_ms = milliseconds(now.system - before_.system);
  if (auto peak = number_in(path + "/memory.peak")) {
    measured.memory = Source::Cgroup;
    measured.memory_peak = peak;
    measured.oom_kills = cgroups::oom_kills(path);
  }
  measured.swap_peak = number_in(path + "/memory.swap.peak");
  // Without our init.
  if (auto peak = number_in(path + "/pids.peak")) measured.pids_peak = *peak - 1;
  if (value_in(text_of(path + "/pids.events"), "max") > 0) result.hit("pids");
  if (measured.oom_kills.value_or(0) == 0) return;
  result.hit("memory");
  if (result.outcome == Outcome::Signaled) result.outcome = Outcome::MemoryLimit;
}

}  // namespace tare::sandbox
