// What tare-init says: one fixed structure for every message, on the channel to the creating parent
// (SEQPACKET) and on the connection of `start` (stream). Readers treat it as hostile input.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tare::act {

inline constexpr uint32_t kReportMagic = 0x65726174;  // "tare"
inline constexpr size_t kReportText = 1024;

enum class ReportType : uint32_t {
  Failed = 1,     // operation `op` failed; init is gone
  Sync = 2,       // operation `op` waits for the parent's Continue
  Continue = 3,   // parent → init
  Executing = 4,  // the next thing is execve: end-of-file without Failed means it worked
  Console = 5,    // carries the pty master (SCM_RIGHTS); text is the pty's name
  Forked = 6,     // carries a pidfd of the process that goes on; `value` is its pid
  Listener = 7,   // carries the listener of a seccomp filter
};

struct Report {
  uint32_t magic = kReportMagic;
  ReportType type{};
  uint32_t op = 0;       // index in the plan
  uint32_t op_kind = 0;  // act::OpKind, so that `start` can name it without the plan
  int32_t error = 0;     // errno
  int32_t value = 0;     // exit status of a hook, signal number negated; number of the sync point
  uint32_t place = 0;    // of a hook in its list, from 0, so that `start` can name it
  char call[24] = {};    // name of the system call, NUL-terminated
  uint32_t text_length = 0;
  char text[kReportText] = {};  // output of a hook, a path; not NUL-terminated, may hold anything
};

}  // namespace tare::act
