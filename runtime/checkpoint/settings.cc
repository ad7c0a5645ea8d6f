// Options of the command line, in criu's terms.
#include "runtime/checkpoint/settings.h"

#include <fcntl.h>
#include <sched.h>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/sys.h"

namespace tare {

CriuCgroupMode parse_cgroup_mode(std::string_view name) {
  if (name.empty()) return CriuCgroupMode::Default;
  if (name == "soft") return CriuCgroupMode::Soft;
  if (name == "full") return CriuCgroupMode::Full;
  if (name == "strict") return CriuCgroupMode::Strict;
  if (name == "ignore") return CriuCgroupMode::Ignore;
  throw Error("invalid manage-cgroups-mode value").with_hint("one of soft, full, strict, ignore");
}

std::string criu_config_file(const oci::Map<std::string>& annotations, const std::string& bundle) {
  auto named = annotations.find("org.criu.config");
  if (named != annotations.end()) {
    return named->second.empty() ? std::string() : absolute_from(bundle, named->second);
  }
  constexpr const char* kOurs = "/etc/criu/tare.conf";
  return sys::try_fstatat(AT_FDCWD, kOurs) ? kOurs : "/etc/criu/runc.conf";
}

CriuOptions criu_options(const CriuSettings& settings) {
  CriuOptions options;
  options.cgroup_mode = settings.cgroup_mode;
  options.tcp_established = settings.tcp_established;
  options.tcp_close = settings.tcp_close;
  options.ext_unix_sk = settings.ext_unix_sk;
  options.shell_job = settings.shell_job;
  options.file_locks = settings.file_locks;
  options.auto_dedup = settings.auto_dedup;
  options.lazy_pages = settings.lazy_pages;
  options.orphan_pts_master = true;
  options.empty_namespaces = CLONE_NEWNET;
  return options;
}

}  // namespace tare
