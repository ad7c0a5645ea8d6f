// Where the parts of a filter meet: names to numbers, numbers to a program, the cache. A filter is
// compiled in the parent and only loaded in the container, where the work would be paid by init and
// its failures hard to report (security.md 2.9).
//
// A profile lists what its author knew. A system call that is younger would get the default action,
// mostly EPERM, and C libraries take only ENOSYS as "use the older call": so what is above the
// newest call the profile names is answered as an older kernel would.
#include "runtime/process/seccomp.h"

#include <linux/seccomp.h>

#include <cerrno>
#include <cstring>

#include "runtime/base/error.h"
#include "runtime/process/seccomp_cache.h"
#include "runtime/process/seccomp_names.h"
#include "runtime/process/seccomp_program.h"
#include "runtime/process/seccomp_rules.h"

namespace tare::process {
namespace {

// A default that lets calls through, or leaves them to a tracer, lets newer ones through as well.
bool refuses(uint32_t action) {
  uint32_t kind = action & SECCOMP_RET_ACTION_FULL;
  return kind != SECCOMP_RET_ALLOW && kind != SECCOMP_RET_LOG && kind != SECCOMP_RET_TRACE;
}

std::vector<sock_filter> compile(const oci::Seccomp& seccomp) {
  Answers answers;
  answers.fallback = seccomp_action(seccomp.default_action, seccomp.default_errno_ret);
  answers.newer = refuses(answers.fallback) ? SECCOMP_RET_ERRNO | ENOSYS : answers.fallback;
  answers.foreign = SECCOMP_RET_KILL_THREAD;
  std::vector<sock_filter> program = generate_program(rules_by_number(seccomp), answers);
  if (program.size() > BPF_MAXINSNS) {
    throw Error("seccomp: the filter has " + std::to_string(program.size()) +
                " instructions, the kernel takes " + std::to_string(BPF_MAXINSNS));
  }
  return program;
}

}  // namespace

bool SeccompFilter::notifies() const {
  return (flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0;
}

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
