// What every operation of tare-init works on.
#pragma once

#include "runtime/act/plan.h"
#include "runtime/act/report.h"

namespace tare::act {

inline constexpr int kMaxPath = 4096;

// A directory and the mount it is seen through, as statx(2) tells them.
struct DirectoryIdentity {
  uint64_t mount = 0, inode = 0;  // 0: not known
  uint32_t major = 0, minor = 0;
  bool operator==(const DirectoryIdentity&) const = default;
};

// One plan being executed. Single-threaded, one per process.
struct Context {
  const Header* plan = nullptr;
  const Op* ops = nullptr;
  int32_t* slots = nullptr;  // writable copy inside the private mapping
  const char* pool = nullptr;
  uint32_t current = 0;             // index of the operation that runs
  int channel = -1;                 // to whom we report: the creating parent, later `start`
  int root = -1;                    // the container's root directory (O_PATH)
  DirectoryIdentity root_identity;  // which directory that is, once refuse_root() has asked
  int parent = -1;                  // directory of the last device or link, see resolve_parent()
  char parent_path[kMaxPath] = {};
  char program[kMaxPath] = {};   // what FindProgram found
  char home[kMaxPath] = {};      // "HOME=…" when the environment has none
  bool cwd_pending = false;      // WorkingDirectory could not enter yet
  bool started = false;          // `start` has let us go: we outlive whoever listens
  long* listener = nullptr;      // shared with the helper that sends it, see ListenerHelper
  long helper = 0;               // its pid
  uint32_t masks_used = 0;       // which mask trees are attached: 1 file, 2 directory
  int32_t value = 0;             // goes into a failure: exit status, or minus the signal
  const char* detail = nullptr;  // more text for a failure, see fail()
  uint32_t detail_length = 0;

  const char* text(Ref ref) const { return pool + ref.offset; }
  int slot(int32_t index) const { return index < 0 ? -1 : slots[index]; }
};

// Reports operation `current` as failed (`error` positive) and ends the process.
[[noreturn]] void fail(Context& context, const char* call, long error, const char* text = nullptr);

// `result` if it is no error, else fail().
inline long must(Context& context, long result, const char* call, const char* text = nullptr) {
  if (result < 0 && result >= -4095) fail(context, call, -result, text);
  return result;
}

// Checks the block at `address` (every reference, slot and terminator) and fills `context`. False
// when it is not a plan of this version.
bool open_plan(Context& context, void* address, uint64_t size);

// Runs every operation in order; returns only when the last one did (none of create's does).
void run_plan(Context& context);

// One message to whom we report, with a descriptor or -1.
void send_report(Context& context, Report& report, int fd);
// Receives one message and at most one descriptor (-1 without). What recvmsg(2) returns.
long receive_report(int socket, Report& report, int* fd);
// Waits for the parent's Continue for `point`, having sent the descriptor `sent` unless it is -1;
// the parent's death ends us. The descriptor that came with the answer, or -1.
int sync(Context& context, uint32_t point, int sent = -1);

// Every list element in turn: first(list) … next until the end.
const char* list_next(const Context& context, Ref list, const char* previous);

}  // namespace tare::act
