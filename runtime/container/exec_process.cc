// A process.json is the caller's, like config.json: trusted, but it may not hold us up. What stands
// in the container's own process was checked at create; the whole is checked again, because
// command line and file may have broken it.
#include "runtime/container/exec_process.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "oci/reader.h"
#include "oci/validate.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/container/bundle.h"

namespace tare {
namespace {

constexpr size_t kMaxFile = 64U << 20U;

// A pipe, too: shells name one for what a command writes. Opened without waiting, so that one
// nobody writes to is at its end.
std::string read_file(const std::string& path) {
  Fd file = sys::openat(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  mode_t mode = sys::fstat(file, path).st_mode;
  if (S_ISFIFO(mode) && ::fcntl(file.get(), F_SETFL, 0) != 0) throw Error(errno, "fcntl", path);
  if (!S_ISREG(mode) && !S_ISFIFO(mode)) throw Error(quote(path) + " is not a regular file");
  return sys::read_all(file, kMaxFile, path);
}

template <typename T>
void inherit(T& member, const T& own) {
  if (member == T{}) member = own;
}
template <typename T>
void inherit(std::optional<T>& member, const std::optional<T>& own) {
  if (!member) member = own;
}

void inherit_from(const oci::Process& own, oci::Process& process) {
  inherit(process.capabilities, own.capabilities);
  if (process.rlimits.empty()) process.rlimits = own.rlimits;
  inherit(process.apparmor_profile, own.apparmor_profile);
  inherit(process.selinux_label, own.selinux_label);
  inherit(process.oom_score_adj, own.oom_score_adj);
  inherit(process.user.umask, own.user.umask);
  inherit(process.scheduler, own.scheduler);
  inherit(process.io_priority, own.io_priority);
  inherit(process.exec_cpu_affinity, own.exec_cpu_affinity);
}

// Nothing becomes inheritable (CVE-2022-29162), and ambient is what was inheritable before.
void add_capabilities(const oci::Strings& names, oci::Process& process) {
  if (names.empty()) return;
  if (!process.capabilities) process.capabilities.emplace();
  oci::Capabilities& sets = *process.capabilities;
  for (const std::string& name : names) {
    for (oci::Strings* set : {&sets.bounding, &sets.effective, &sets.permitted}) {
      set->push_back(name);
    }
    bool heritable =
        std::find(sets.inheritable.begin(), sets.inheritable.end(), name) != sets.inheritable.end();
    if (heritable) sets.ambient.push_back(name);
  }
}

void apply(const ProcessRequest& request, oci::Process& process) {
  if (!request.args.empty()) process.args = request.args;
  process.env.insert(process.env.end(), request.env.begin(), request.env.end());
  if (!request.cwd.empty()) process.cwd = request.cwd;
  if (!request.apparmor_profile.empty()) process.apparmor_profile = request.apparmor_profile;
  if (!request.selinux_label.empty()) process.selinux_label = request.selinux_label;
  if (request.uid) process.user.uid = *request.uid;
  if (request.gid) process.user.gid = *request.gid;
  auto& groups = process.user.additional_gids;
  groups.insert(groups.end(), request.additional_gids.begin(), request.additional_gids.end());
  if (request.no_new_privileges) process.no_new_privileges = *request.no_new_privileges;
  if (request.terminal) process.terminal = true;
  add_capabilities(request.capabilities, process);
}

}  // namespace

oci::Process exec_process(const ProcessRequest& request, const std::optional<oci::Process>& own) {
  std::vector<oci::Violation> violations;
  oci::Process process;
  std::string name = "process";
  if (!request.file.empty()) {
    name = base_name(request.file);
    process = oci::read_process(read_file(request.file), violations);
    if (own) inherit_from(*own, process);
  } else if (own) {
    process = *own;
    process.terminal = false;
    process.args.clear();
  } else {
    process.cwd = "/";
  }
  apply(request, process);
  std::vector<oci::Violation> broken_rules;
  oci::validate(process, broken_rules);
  add_broken_rules(violations, std::move(broken_rules));
  if (!violations.empty()) throw Error(oci::describe(name, violations));
  return process;
}

}  // namespace tare
