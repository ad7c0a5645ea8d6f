// The kernel itself is asked where it answers: lsm_list_modules(2) needs no securityfs, and
// seccomp(2) tells actions and flags without loading anything.
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "oci/names.h"
#include "runtime/base/strings.h"
#include "runtime/check/host.h"
#include "runtime/check/host_file.h"
#include "runtime/process/seccomp.h"

#ifndef SYS_lsm_list_modules
#define SYS_lsm_list_modules 461
#endif
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
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

struct Action {
  const char* name;
  uint32_t value;
};
constexpr Action kActions[] = {
    {"SCMP_ACT_KILL", SECCOMP_RET_KILL_THREAD},
    {"SCMP_ACT_KILL_THREAD", SECCOMP_RET_KILL_THREAD},
    {"SCMP_ACT_KILL_PROCESS", SECCOMP_RET_KILL_PROCESS},
    {"SCMP_ACT_TRAP", SECCOMP_RET_TRAP},
    {"SCMP_ACT_ERRNO", SECCOMP_RET_ERRNO},
    {"SCMP_ACT_TRACE", SECCOMP_RET_TRACE},
    {"SCMP_ACT_ALLOW", SECCOMP_RET_ALLOW},
    {"SCMP_ACT_LOG", SECCOMP_RET_LOG},
    {"SCMP_ACT_NOTIFY", SECCOMP_RET_USER_NOTIF},
};

struct Flag {
  const char* name;
  unsigned long value;
};
// WAIT_KILLABLE_RECV says nothing without a listener.
constexpr Flag kFlags[] = {
    {"SECCOMP_FILTER_FLAG_TSYNC", SECCOMP_FILTER_FLAG_TSYNC},
    {"SECCOMP_FILTER_FLAG_LOG", SECCOMP_FILTER_FLAG_LOG},
    {"SECCOMP_FILTER_FLAG_SPEC_ALLOW", SECCOMP_FILTER_FLAG_SPEC_ALLOW},
    {"SECCOMP_FILTER_FLAG_NEW_LISTENER", SECCOMP_FILTER_FLAG_NEW_LISTENER},
    {"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV",
     SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV},
};

// Flags are checked before the filter is read, and there is none: EFAULT means that they passed.
bool has_flag(unsigned long flags) {
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, nullptr) != 0 && errno == EFAULT;
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
  for (const Action& action : kActions) {
    if (::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action.value) == 0) {
      facts.seccomp_actions.emplace_back(action.name);
    }
  }
  for (const Flag& flag : kFlags) {
    if (has_flag(flag.value)) facts.seccomp_flags.emplace_back(flag.name);
  }
  facts.store_bypass =
      read_host("/sys/devices/system/cpu/vulnerabilities/spec_store_bypass").value_or("");
  facts.libseccomp = process::libseccomp_version();
  return facts;
}

}  // namespace tare::check
