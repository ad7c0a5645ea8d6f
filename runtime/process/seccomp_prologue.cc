// A profile lists what its author knew. A system call that is younger would get the default action,
// mostly EPERM, and C libraries take only ENOSYS as "use the older call": so everything above the
// newest call a profile names is answered as an older kernel would (runc does the same).
//
// One block an architecture, tried in turn:
//     arch != A        → next block
//     number > newest  → ENOSYS, unless it is -1: a tracer's way to skip a call (seccomp(2))
//     otherwise        → the filter, which loads what it needs itself
// Conditional jumps hold 8 bits and stay inside a block; the way to the filter is an unconditional
// one with 32 bits, so the length of neither part matters.
#include "runtime/process/seccomp_prologue.h"

#include <linux/audit.h>
#include <linux/seccomp.h>

#include <cerrno>
#include <cstddef>

namespace tare::process {
namespace {

constexpr uint32_t kX32Bit = 0x40000000;
constexpr uint32_t kSkippedCall = 0xffffffff;
constexpr uint32_t kToFilter = 0xffffffff;  // until the length is known
constexpr uint16_t kLoad = BPF_LD | BPF_W | BPF_ABS;
constexpr uint16_t kJump = BPF_JMP | BPF_JA;

using Program = std::vector<sock_filter>;

sock_filter jump_if(int condition, uint32_t value, size_t then, size_t otherwise) {
  return {static_cast<uint16_t>(BPF_JMP | BPF_K | condition), static_cast<uint8_t>(then),
          static_cast<uint8_t>(otherwise), value};
}

// With the number loaded; always leaves.
Program check_number(std::optional<uint32_t> newest) {
  if (!newest) return {{kJump, 0, 0, kToFilter}};
  return {
      jump_if(BPF_JGT, *newest, 0, 2),
      jump_if(BPF_JEQ, kSkippedCall, 1, 0),
      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | ENOSYS},
      {kJump, 0, 0, kToFilter},
  };
}

void append(Program& program, const Program& more) {
  program.insert(program.end(), more.begin(), more.end());
}

Program architecture_block(const NewestCalls& calls) {
  Program body{{kLoad, 0, 0, offsetof(seccomp_data, nr)}};
  Program native = check_number(calls.number);
  if (calls.architecture == AUDIT_ARCH_X86_64) {
    body.push_back(jump_if(BPF_JGE, kX32Bit, native.size(), 0));
    append(body, native);
    append(body, check_number(calls.x32_number));
  } else {
    append(body, native);
  }
  Program block{jump_if(BPF_JEQ, calls.architecture, 0, body.size())};
  append(block, body);
  return block;
}

}  // namespace

std::vector<sock_filter> enosys_prologue(const std::vector<NewestCalls>& newest) {
  Program program{{kLoad, 0, 0, offsetof(seccomp_data, arch)}};
  for (const NewestCalls& calls : newest) {
    if (calls.number || calls.x32_number) append(program, architecture_block(calls));
  }
  if (program.size() == 1) return {};
  for (size_t i = 0; i < program.size(); ++i) {
    sock_filter& instruction = program[i];
    if (instruction.code == kJump) instruction.k = static_cast<uint32_t>(program.size() - i - 1);
  }
  return program;
}

}  // namespace tare::process
