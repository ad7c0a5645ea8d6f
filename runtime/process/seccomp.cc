// Where the parts of a filter meet: flags, prologue, rules, cache. A filter is compiled in the
// parent and only loaded in the container, where libseccomp's parsing and memory would be paid each
// time and its failures hard to report (security.md 2.9).
#include "runtime/process/seccomp.h"

#include <linux/seccomp.h>

#include <cerrno>
#include <cstring>

#include "runtime/base/error.h"
#include "runtime/process/seccomp_cache.h"
#include "runtime/process/seccomp_compile.h"
#include "runtime/process/seccomp_names.h"
#include "runtime/process/seccomp_prologue.h"

namespace tare::process {
namespace {

// A default that lets calls through, or leaves them to a tracer, lets newer ones through as well;
// one that is ENOSYS already needs no help.
bool needs_prologue(uint32_t default_action) {
  uint32_t action = default_action & SECCOMP_RET_ACTION_FULL;
  return action != SECCOMP_RET_ALLOW && action != SECCOMP_RET_LOG && action != SECCOMP_RET_TRACE &&
         default_action != (SECCOMP_RET_ERRNO | ENOSYS);
}

std::vector<sock_filter> compile(const oci::Seccomp& seccomp) {
  CompiledRules rules = compile_rules(seccomp);
  std::vector<sock_filter> program;
  if (needs_prologue(seccomp_action(seccomp.default_action, seccomp.default_errno_ret))) {
    program = enosys_prologue(rules.newest);
  }
  program.insert(program.end(), rules.filter.begin(), rules.filter.end());
  if (program.size() > BPF_MAXINSNS) {
    throw Error("seccomp: the filter has " + std::to_string(program.size()) +
                " instructions, the kernel takes " + std::to_string(BPF_MAXINSNS));
  }
  return program;
}

}  // namespace

std::optional<SeccompFilter> compile_seccomp(const oci::Seccomp& seccomp, const Fd* cache) {
  if (seccomp.default_action.empty() && seccomp.syscalls.empty()) return std::nullopt;
  SeccompFilter filter;
  filter.flags = seccomp_flags(seccomp);

  std::optional<std::vector<sock_filter>> program;
  std::string key;
  if (cache != nullptr) {
    key = seccomp_cache_key(seccomp);
    program = find_cached(*cache, key);
  }
  if (!program) {
    program = compile(seccomp);
    if (cache != nullptr) store_cached(*cache, key, *program);
  }
  filter.program.resize(program->size() * sizeof(sock_filter));
  std::memcpy(filter.program.data(), program->data(), filter.program.size());
  return filter;
}

}  // namespace tare::process
