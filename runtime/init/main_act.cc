// tare-init: the only program of ours that runs inside a container. It gets a plan and executes it;
// what it can do is the table below, and nothing is decided here.
//
// Arguments: the descriptors of the channel to the parent and of the plan, as two decimal numbers.
#include <linux/close_range.h>
#include <linux/mman.h>
#include <linux/prctl.h>

#include "namespaces/ops.h"
#include "runtime/act/context.h"
#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

using Operation = void (*)(Context&, const Op&);

Operation operation(OpKind kind) {
  switch (kind) {
    case OpKind::Join:
      return join;
    case OpKind::Unshare:
      return unshare;
    case OpKind::AwaitMaps:
      return await_maps;
    case OpKind::BecomeRoot:
      return become_root;
    case OpKind::Fork:
      return fork_into_namespace;
    case OpKind::Reaper:
      return reaper;
    case OpKind::EnterTime:
      return enter_time;
    case OpKind::LoopbackUp:
      return loopback_up;
    case OpKind::Hostname:
      return hostname;
    case OpKind::Domainname:
      return domainname;
    case OpKind::HostPropagation:
      return host_propagation;
    case OpKind::OpenTree:
      return open_tree;
    case OpKind::NewMount:
      return new_mount;
    case OpKind::Attributes:
      return attributes;
    case OpKind::Reconfigure:
      return reconfigure;
    case OpKind::AttachRoot:
      return attach_root;
    case OpKind::CopyUp:
      return copy_up;
    case OpKind::Attach:
      return attach;
    case OpKind::LegacyMount:
      return legacy_mount;
    case OpKind::Device:
      return device;
    case OpKind::Link:
      return link;
    case OpKind::Directory:
      return directory;
    case OpKind::File:
      return file;
    case OpKind::Mask:
      return mask;
    case OpKind::ReadonlyPath:
      return readonly_path;
    case OpKind::Pivot:
      return pivot;
    case OpKind::EnterRoot:
      return enter_root;
    case OpKind::WriteProc:
      return write_proc;
    case OpKind::Label:
      return label;
    case OpKind::MountLabel:
      return mount_label;
    case OpKind::Session:
      return session;
    case OpKind::DieWithParent:
      return die_with_parent;
    case OpKind::Keyring:
      return keyring;
    case OpKind::Console:
      return console;
    case OpKind::TakeTerminal:
      return take_terminal;
    case OpKind::ReopenNull:
      return reopen_null;
    case OpKind::StdioOwner:
      return stdio_owner;
    case OpKind::Rlimit:
      return rlimit;
    case OpKind::Umask:
      return set_umask;
    case OpKind::Affinity:
      return affinity;
    case OpKind::Scheduler:
      return scheduler;
    case OpKind::IoPriority:
      return io_priority;
    case OpKind::MemoryPolicy:
      return memory_policy;
    case OpKind::Personality:
      return personality;
    case OpKind::NoNewPrivileges:
      return no_new_privileges;
    case OpKind::Seccomp:
      return seccomp;
    case OpKind::ListenerHelper:
      return listener_helper;
    case OpKind::SeccompListener:
      return seccomp_listener;
    case OpKind::BoundingSet:
      return bounding_set;
    case OpKind::Identity:
      return identity;
    case OpKind::Capabilities:
      return capabilities;
    case OpKind::Ambient:
      return ambient;
    case OpKind::WorkingDirectory:
      return working_directory;
    case OpKind::Home:
      return home;
    case OpKind::FindProgram:
      return find_program;
    case OpKind::Hook:
      return hook;
    case OpKind::CloseSlots:
      return close_slots;
    case OpKind::Sync:
      return sync_with_parent;
    case OpKind::AwaitStart:
      return await_start;
    case OpKind::CloseOnExec:
      return close_on_exec;
    case OpKind::Execute:
      return execute;
  }
  return nullptr;
}

int descriptor(const char* text) {
  int number = 0;
  for (; *text >= '0' && *text <= '9'; ++text) number = number * 10 + (*text - '0');
  return number;
}

// The plan is mapped privately: slots change, the memory itself is nobody else's.
bool map_plan(Context& context, int fd) {
  uint64_t size = static_cast<uint64_t>(call(__NR_lseek, fd, 0, 2));
  if (size > kMaxPlanSize) return false;
  long memory = call(__NR_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  call(__NR_close, fd);
  return !is_error(memory) && open_plan(context, reinterpret_cast<void*>(memory), size);
}

}  // namespace

void run_plan(Context& context) {
  for (uint32_t i = 0; i < context.plan->op_count; ++i) {
    context.current = i;
    Operation act = operation(context.ops[i].kind);
    if (act == nullptr) fail(context, "plan", EINVAL);
    // Mounts may cover a directory that is still held.
    if (act != device && act != link && act != file) forget_parent(context);
    act(context, context.ops[i]);
  }
}

int init_main(int argc, char** argv) {
  static Context context;
  if (argc != 3) return 1;
  context.channel = descriptor(argv[1]);
  int plan = descriptor(argv[2]);
  call(__NR_prctl, PR_SET_NAME, "tare-init", 0, 0, 0);
  call(__NR_umask, 0);
  if (!map_plan(context, plan)) fail(context, "plan", EINVAL);
  // Otherwise when the maps are there.
  bool maps_follow = context.plan->op_count > 0 && context.ops[0].kind == OpKind::AwaitMaps;
  if (!maps_follow) call(__NR_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
  run_plan(context);
  return 0;
}

}  // namespace tare::act
