// resctrl is one tree for the whole machine: a directory is a group with its own schemata, what is
// in info/ tells what the machine can do, and info/last_cmd_status why it refused the last change.
// A process belongs to one group by being written to its file `tasks`; what it forks inherits that.
// Without closID the group is the container's own and goes with it. With closID it is named, and
// shared by whoever names it too: it stays (runtime-spec config-linux.md, "IntelRdt"). A monitoring
// group is a directory below mon_groups of the group and only counts.
#include "cgroups/resctrl.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "cgroups/mount_table.h"
#include "cgroups/schemata.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/pid.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

constexpr mode_t kMode = 0755;
constexpr int kTries = 100;  // for a group to lose its last dying processes
constexpr useconds_t kBetweenTries = 10'000;

bool is_there(const std::string& path) {
  return sys::try_fstatat(AT_FDCWD, path).has_value();
}

std::string read(const std::string& path) {
  return sys::read_file_at(AT_FDCWD, path);
}

// The refusal of a change, with the kernel's own reason where it has one.
Error refusal(const ResctrlPlan& plan, int error, std::string_view call, const std::string& path) {
  Error failure(error, call, path);
  auto status = sys::try_read_file_at(AT_FDCWD, plan.mount + "/info/last_cmd_status");
  std::string reason(trim(status.value_or("")));
  if (!reason.empty() && reason != "ok") failure.with_hint(reason);
  return failure;
}

int try_mkdir(const std::string& path) {
  return ::mkdirat(AT_FDCWD, path.c_str(), kMode) == 0 ? 0 : errno;
}

void require(const std::string& file, std::string_view member, std::string_view technology) {
  if (is_there(file)) return;
  throw Error("intelRdt." + std::string(member) + " is specified in config, but Intel RDT/" +
              std::string(technology) + " is not enabled")
      .with_hint(file + " does not exist");
}

// The lines that have members of their own.
std::vector<std::string> schema_lines(const oci::IntelRdt& wanted, const std::string& mount) {
  std::vector<std::string> lines;
  if (!wanted.l3_cache_schema.empty()) {
    require(mount + "/info/L3", "l3CacheSchema", "CAT");
    lines.push_back(wanted.l3_cache_schema);
  }
  if (!wanted.mem_bw_schema.empty()) {
    require(mount + "/info/MB", "memBwSchema", "MBA");
    lines.push_back(wanted.mem_bw_schema);
  }
  return lines;
}

// The rule for a configuration, where options say it.
void check_schema(std::string_view line, std::string_view resource, const char* option) {
  if (line.empty()) return;
  if (line.starts_with(resource) && line.find('\n') == std::string_view::npos) return;
  throw Error("invalid value for " + std::string(option) + ": " + quote(line) +
              " is no single line that begins with " + std::string(resource));
}

// A task that nobody waits for is listed too.
bool has_tasks(const std::string& group) {
  std::string tasks = sys::try_read_file_at(AT_FDCWD, group + "/tasks").value_or("");
  for (std::string_view line : split(tasks, '\n')) {
    if (auto id = parse_number<pid_t>(line); id && is_alive(*id)) return true;
  }
  return false;
}

bool loses_its_tasks(const std::string& group) {
  for (int i = 0; i < kTries; ++i) {
    if (!has_tasks(group)) return true;
    ::usleep(kBetweenTries);
  }
  return false;
}

}  // namespace

std::optional<std::string> find_resctrl() {
  for (const Mounted& mounted : mounts_of("resctrl")) {
    if (mounted.root == "/") return mounted.target;
  }
  return std::nullopt;
}

ResctrlPlan plan_resctrl(const oci::IntelRdt& wanted, const std::string& id,
                         const std::string& mount) {
  ResctrlPlan plan;
  plan.mount = mount;
  plan.named = wanted.clos_id.has_value();
  std::string name = wanted.clos_id.value_or(id);
  plan.group = name == "/" ? mount : mount + "/" + name;
  plan.compared = schema_lines(wanted, mount);
  plan.schemata = plan.compared;
  plan.schemata.insert(plan.schemata.end(), wanted.schemata.begin(), wanted.schemata.end());
  if (wanted.enable_monitoring) {
    require(mount + "/mon_groups", "enableMonitoring", "CMT and MBM");
    plan.monitoring = plan.group + "/mon_groups/" + id;
  }
  return plan;
}

ResctrlPlan plan_resctrl_update(const oci::IntelRdt& wanted, const std::string& group,
                                const std::string& mount) {
  check_schema(wanted.l3_cache_schema, "L3:", "l3-cache-schema");
  check_schema(wanted.mem_bw_schema, "MB:", "mem-bw-schema");
  ResctrlPlan plan;
  plan.mount = mount;
  plan.group = group;
  plan.schemata = schema_lines(wanted, mount);
  return plan;
}

ResctrlGroup::ResctrlGroup(ResctrlGroup&& other) noexcept
    : plan_(std::move(other.plan_)),
      created_(std::exchange(other.created_, false)),
      monitored_(std::exchange(other.monitored_, false)),
      previous_(std::exchange(other.previous_, {})),
      kept_(other.kept_) {}

ResctrlGroup::~ResctrlGroup() {
  if (kept_) return;
  // A destructor cannot throw; the error that brought us here is the one to be told.
  try {
    undo();
  } catch (const Error& error) {
    log_warning(error.what());
  }
}

ResctrlGroup ResctrlGroup::create(const ResctrlPlan& plan) {
  ResctrlGroup group(plan);
  group.make();
  group.write_schemata();
  group.make_monitoring();
  return group;
}

ResctrlGroup ResctrlGroup::change(const ResctrlPlan& plan) {
  ResctrlGroup group(plan);
  group.write_schemata();
  return group;
}

void ResctrlGroup::make() {
  if (plan_.named && plan_.schemata.empty()) {
    if (is_there(plan_.group + "/tasks")) return;
    throw Error(ENOENT,
                "clos dir not accessible (must be pre-created when schemata, l3CacheSchema and "
                "memBwSchema are empty): open",
                plan_.group);
  }
  int error = plan_.group == plan_.mount ? EEXIST : try_mkdir(plan_.group);
  created_ = error == 0;
  if (created_) return;
  if (error != EEXIST) throw refusal(plan_, error, "mkdir", plan_.group);
  if (plan_.named) return compare();
  throw refusal(plan_, EEXIST, "mkdir", plan_.group)
      .with_hint("a group that is there before the container must be named by closID");
}

void ResctrlGroup::compare() const {
  if (plan_.compared.empty()) return;
  std::string existing = read(plan_.group + "/schemata");
  auto step = sys::try_read_file_at(AT_FDCWD, plan_.mount + "/info/MB/bandwidth_gran");
  uint64_t bandwidth_step = parse_number<uint64_t>(trim(step.value_or(""))).value_or(0);
  for (const std::string& line : plan_.compared) {
    if (schemata_agree(line, existing, bandwidth_step)) continue;
    throw Error("the schemata of " + plan_.group + ", which exists, do not match " + quote(line))
        .with_hint("they are " + quote(trim(existing)));
  }
}

void ResctrlGroup::write_schemata() {
  if (plan_.schemata.empty()) return;
  std::string file = plan_.group + "/schemata";
  if (!created_) previous_ = read(file);
  try {
    sys::write_file_at(AT_FDCWD, file, join(plan_.schemata, "\n") + "\n");
  } catch (const Error& error) {
    throw refusal(plan_, error.error(), "write " + quote(join(plan_.schemata, "\n")) + " to", file);
  }
}

void ResctrlGroup::make_monitoring() {
  if (plan_.monitoring.empty()) return;
  if (int error = try_mkdir(plan_.monitoring); error != 0) {
    throw refusal(plan_, error, "mkdir", plan_.monitoring);
  }
  monitored_ = true;
}

void ResctrlGroup::add(pid_t pid) const {
  try {
    join_resctrl(plan_.group, plan_.monitoring, pid);
  } catch (const Error& error) {
    throw refusal(plan_, error.error(), "write process to tasks of", plan_.group);
  }
}

void ResctrlGroup::undo() const {
  if (monitored_) remove_resctrl(plan_.monitoring, ResctrlTasks::Move);
  if (created_) {
    // Somebody else may have found the group that we made.
    remove_resctrl(plan_.group, plan_.named ? ResctrlTasks::Spare : ResctrlTasks::Move);
  } else if (!previous_.empty()) {
    sys::write_file_at(AT_FDCWD, plan_.group + "/schemata", previous_);
  }
}

void join_resctrl(const std::string& group, const std::string& monitoring, pid_t pid) {
  std::string text = std::to_string(pid);
  sys::write_file_at(AT_FDCWD, group + "/tasks", text);
  // Only a process of the group can be in a monitoring group of it.
  if (!monitoring.empty()) sys::write_file_at(AT_FDCWD, monitoring + "/tasks", text);
}

void remove_resctrl(const std::string& directory, ResctrlTasks tasks) {
  if (tasks == ResctrlTasks::Spare && !loses_its_tasks(directory)) return;
  sys::try_unlinkat(AT_FDCWD, directory, AT_REMOVEDIR);
}

}  // namespace tare::cgroups
