// The operations of this folder: what a process does to itself. See namespaces/ops.h.
#pragma once

#include "runtime/act/context.h"

namespace tare::act {

// session_act.cc
void session(Context&, const Op&);
void die_with_parent(Context&, const Op&);
void keyring(Context&, const Op&);
// terminal_act.cc
void console(Context&, const Op&);
void take_terminal(Context&, const Op&);
void reopen_null(Context&, const Op&);
void stdio_owner(Context&, const Op&);
// limits_act.cc
void rlimit(Context&, const Op&);
void set_umask(Context&, const Op&);
void personality(Context&, const Op&);
void no_new_privileges(Context&, const Op&);
// seccomp_act.cc
void seccomp(Context&, const Op&);
void listener_helper(Context&, const Op&);
void seccomp_listener(Context&, const Op&);
void load_filter(Context&, Ref filter, uint64_t flags);
// scheduling_act.cc
void affinity(Context&, const Op&);
void scheduler(Context&, const Op&);
void io_priority(Context&, const Op&);
void memory_policy(Context&, const Op&);
// identity_act.cc
void bounding_set(Context&, const Op&);
void identity(Context&, const Op&);
void capabilities(Context&, const Op&);
void ambient(Context&, const Op&);
// program_act.cc
void working_directory(Context&, const Op&);
void find_program(Context&, const Op&);
void home(Context&, const Op&);  // home_act.cc
void close_on_exec(Context&, const Op&);
void execute(Context&, const Op&);
// hook_act.cc
void hook(Context&, const Op&);
// gate_act.cc
void close_slots(Context&, const Op&);
void sync_with_parent(Context&, const Op&);
void await_start(Context&, const Op&);

}  // namespace tare::act
