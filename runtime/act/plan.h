// The plan as tare-init gets it: one flat, bounded block. Header, operations, initial slots, pool.
//
//   Header | Op[op_count] | int32 slots[slot_count] | pool bytes
//
// Nothing in it is parsed or decided inside: an operation is a number, a few integers and
// references into the pool. Descriptors are named by slot; a slot holds one that was inherited, or
// one that an earlier operation made.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tare::act {

inline constexpr uint32_t kPlanMagic = 0x6e616c70;
inline constexpr uint32_t kPlanVersion = 1;
inline constexpr uint32_t kMaxOps = 65536;
inline constexpr uint32_t kMaxSlots = 65536;
inline constexpr uint64_t kMaxPlanSize = 64U << 20;

// A part of the pool. Text is NUL-terminated behind `length`; a list is its texts, each with its
// NUL.
struct Ref {
  uint32_t offset = 0;
  uint32_t length = 0;
};

enum class OpKind : uint16_t {
  // namespaces/
  Join = 1,         // setns(fd, number)
  Unshare,          // unshare(number)
  AwaitMaps,        // of our new user namespace, which the parent writes
  BecomeRoot,       // uid and gid 0 of the user namespace we are in; Flag::KeepGroups
  Fork,             // go on in a child: pid namespaces hold for children only
  Reaper,           // the same; this one stays as init and tells fd how the child ended
  EnterTime,        // into the time namespace made for children
  LoopbackUp,       //
  Hostname,         // text
  Domainname,       // text
  HostPropagation,  // propagation `number` for every mount of this namespace
  OpenTree,  // fd := open_tree(text), a path of ours; Flag::Recursive, AtRoot; a: empty if missing
  NewMount,  // fd := fsmount of file system `text`, options `data`, attributes a; text2 = source;
             // Flag::ModeOfTarget, OfPidNamespace, AtScratch
  Attributes,   // mount_setattr(fd, set a, clear b, propagation number); fd2 = user namespace of an
                // id mapping; Flag::Recursive, Inherit
  Reconfigure,  // options `data` for the file system mounted at `text` in the root
  AttachRoot,   // the tree fd becomes the root of what follows; text = where it is attached
  CopyUp,       // contents of `text` in the root into the unattached mount fd
  Attach,       // mount fd at `text` in the root, made when missing; Flag::Directory, NoSymlinks,
                // OnProc
  LegacyMount,  // mount(2) for options that fsconfig cannot take: text at text2 …
  Device,       // node `text`, mode number, device a, owner b = uid << 32 | gid
  Link,         // symbolic link `text` to text2; Flag::MayExist
  Directory,    // `text` in the root with all parents, mode number unless 0; Flag::File, NoSymlinks
  File,         // a new file `text` in the root with content data, mode number
  Mask,         // `text`: fd over a file, fd2 over a directory, which has the SELinux context text2
  ReadonlyPath,  // `text`
  Pivot,         // Flag::Chroot, Flag::MoveRoot
  EnterRoot,     // the directory fd becomes the root; an empty slot: that of the mount namespace
  WriteProc,     // text2 to file `text` below the procfs fd
  Label,         // the same, and read back: it must consist of the texts of data
  MountLabel,    // SELinux context `text` of the root of the unattached mount fd
  // runtime/process/
  Session,           // setsid
  DieWithParent,     // number: 1 on, 0 off
  Keyring,           // text = name; number 1: others may search it
  Console,           // pty from the root's devpts, size a = rows << 16 | columns, owner number;
                     // bound over /dev/console unless Flag::Unbound
  TakeTerminal,      // stdin becomes that of this session
  ReopenNull,        // stdin, stdout, stderr that are /dev/null: the container's own
  StdioOwner,        // owner number
  Rlimit,            // number, soft a, hard b
  Umask,             // number
  Affinity,          // processors of mask data
  Scheduler,         // data = struct sched_attr
  IoPriority,        // number
  MemoryPolicy,      // mode and flags number, nodes of mask data
  Personality,       // number
  NoNewPrivileges,   //
  Seccomp,           // data = filter, flags number
  ListenerHelper,    // a process that will send the listener of the next SeccompListener
  SeccompListener,   // as Seccomp; the listener goes to the parent
  BoundingSet,       // keep mask a
  Identity,          // uid number, gid a, groups data; Flag::KeepGroups, UnlessDenied
  Capabilities,      // permitted a, effective b, inheritable c
  Ambient,           // mask a
  WorkingDirectory,  // text; number 1: a second try after an EACCES of the first
  Home,              // HOME of uid `number` from the root's /etc/passwd
  FindProgram,       // text = name, data = PATH directories
  Hook,  // text = path, data = argv, data2 = env, stdin fd, seconds number, umask a, place in its
         // list b, text2 = filter to load in it, with flags c; Flag::HomeToo, Flag::AtRoot
  CloseOnExec,  // every descriptor from `number` on but those of data
  CloseSlots,   // every descriptor of a slot, but for the slots in data; Flag::KeepRoot
  // conversation
  Sync,        // number = SyncPoint; fd := what the parent answers with; fd2 = what it is sent
  AwaitStart,  // accepts on fd
  Execute,     // data = argv, data2 = env; text = filter to load last of all, with flags a
};

enum class SyncPoint : uint32_t {
  TimeOffsets = 1,
  RuntimeHooks,
  Ready,
  MountMapping,
  NetworkDevices
};

// What a bit means depends on the operation, which knows those named with it above: two may share
// one (explain_words.cc checks that no operation knows both).
namespace flag {
inline constexpr uint16_t kRecursive = 1U << 0;
inline constexpr uint16_t kInherit = 1U << 1;  // EPERM: keep locked flags (c = explicit clears)
inline constexpr uint16_t kKeepGroups = 1U << 2;
inline constexpr uint16_t kChroot = 1U << 3;        // no mount namespace of our own
inline constexpr uint16_t kMoveRoot = 1U << 4;      // --no-pivot
inline constexpr uint16_t kNoSymlinks = 1U << 5;    // destination must be an ordinary directory
inline constexpr uint16_t kOnProc = 1U << 6;        // destination may lie on a procfs
inline constexpr uint16_t kModeOfTarget = 1U << 7;  // tmpfs without mode=: that of what it covers
inline constexpr uint16_t kHomeToo = 1U << 8;       // HOME that was looked up is added to env
inline constexpr uint16_t kAtScratch = 1U << 8;     // relative paths in options start at fd2
inline constexpr uint16_t kFile = 1U << 9;          // destination is made as a file
inline constexpr uint16_t kOfPidNamespace = 1U << 10;  // procfs of pid namespace fd2
inline constexpr uint16_t kMayExist = 1U << 11;        // leave what is there
inline constexpr uint16_t kKeepRoot = 1U << 12;        // the container's root stays open
inline constexpr uint16_t kDirectory = 1U << 13;       // the tree is known to be a directory
inline constexpr uint16_t kAtRoot = 1U << 14;          // in the container's root
inline constexpr uint16_t kUnbound = 1U << 14;         // of a process that is not the init
inline constexpr uint16_t kUnlessDenied = 1U << 15;    // groups stay where setgroups is denied
}  // namespace flag

struct Op {
  OpKind kind{};
  uint16_t flags = 0;
  int32_t fd = -1, fd2 = -1;  // slots
  uint32_t number = 0;
  uint64_t a = 0, b = 0, c = 0;
  Ref text, text2, data, data2;
};

struct Header {
  uint32_t magic = kPlanMagic;
  uint32_t version = kPlanVersion;
  uint32_t size = 0;  // of the whole block
  uint32_t op_count = 0;
  uint32_t slot_count = 0;
  uint32_t pool_offset = 0;
};

}  // namespace tare::act
