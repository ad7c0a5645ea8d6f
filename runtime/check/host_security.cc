// The kernel itself is asked where it answers: lsm_list_modules(2) needs no securityfs.
#include <sys/syscall.h>
#include <unistd.h>

#include "oci/names.h"
#include "runtime/base/strings.h"
#include "runtime/check/host.h"
#include "runtime/check/host_file.h"
#include "runtime/process/seccomp.h"

#ifndef SYS_lsm_list_modules
#define SYS_lsm_list_modules 461
#endif

namespace tare::check {
namespace {

struct Module {
  uint64_t id;  // LSM_ID_* of linux/lsm.h
  const char* name;
};
constexpr Module kModules[] = {
    {100, "capability"}, {101, "selinux"}, {102, "smack"},     {103, "tomoyo"},   {104, "apparmor"},
    {105, "yama"},       {106, "loadpin"}, {107, "safesetid"}, {108, "lockdown"}, {109, "bpf"},
    {110, "landlock"},   {111, "ima"},     {112, "evm"},       {113, "ipe"},
};

std::vector<std::string> active_modules() {
  std::vector<std::string> names;
  uint64_t ids[64];
  uint32_t size = sizeof ids;
  long count = ::syscall(SYS_lsm_list_modules, ids, &size, 0);
  for (long i = 0; i < count; ++i) {
    for (const Module& known : kModules) {
      if (known.id == ids[i]) names.emplace_back(known.name);
    }
  }
  if (count > 0) return names;
  std::string list = read_host("/sys/kernel/security/lsm").value_or("");
  for (std::string_view name : split(list, ',')) {
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

std::vector<std::string> loaded_profiles() {
  std::vector<std::string> names;
  std::string list = read_host("/sys/kernel/security/apparmor/profiles").value_or("");
  for (std::string_view line : split(list, '\n')) {
    names.emplace_back(line.substr(0, line.rfind(" (")));
  }
  if (names.size() == 1 && names.front().empty()) names.clear();
  return names;
}

}  // namespace

Security look_at_security() {
  Security facts;
  facts.modules = active_modules();
  facts.apparmor = read_host("/sys/module/apparmor/parameters/enabled") == "Y";
  facts.selinux = exists("/sys/fs/selinux/enforce");
  facts.apparmor_profiles = loaded_profiles();
  facts.seccomp_actions = process::supported_seccomp_actions();
  facts.seccomp_flags = process::supported_seccomp_flags();
  if (process::has_seccomp_listeners()) {
    facts.seccomp_flags.emplace_back("SECCOMP_FILTER_FLAG_NEW_LISTENER");
  }
  facts.store_bypass =
      read_host("/sys/devices/system/cpu/vulnerabilities/spec_store_bypass").value_or("");
  facts.libseccomp = process::libseccomp_version();
  return facts;
}

}  // namespace tare::check
