// One mount of config.json becomes: make or clone it unattached, give it its attributes, then
// attach it.
#include "namespaces/mounts.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mount.h>

#include <cerrno>

#include "namespaces/bind_flags.h"
#include "namespaces/host_tree.h"
#include "namespaces/mount_data.h"
#include "namespaces/path_in_root.h"
#include "namespaces/sysctls.h"
#include "oci/mount_options.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

using act::OpKind;
using act::Step;
namespace flag = act::flag;

constexpr size_t kMaxFsconfigValue = 255;
constexpr uint64_t kProcRootInode = 1;

struct Item {
  const oci::Mount& mount;
  oci::MountOptions options;
  std::string destination;  // clean
  std::string what;
};

class Planner {
 public:
  Planner(const MountsContext& context, Steps& steps)
      : context_(context), steps_(steps), mappings_(context.mapping, steps) {}

  void add(const Item& item) {
    Scope scope(item.what);
    if (item.options.remount) return remount(item);
    if (item.options.bind) return bind(item);
    if (item.mount.type == "cgroup" || item.mount.type == "cgroup2") return cgroup(item);
    filesystem(item);
  }

  MountsResult finished() {
    result.mappings = std::move(mappings_).later();
    return std::move(result);
  }

  MountsResult result;

 private:
  static bool is_mapped(const Item& item) {
    return item.options.idmap || item.options.ridmap || !item.mount.uid_mappings.empty();
  }

  MountMapping mapping(const Item& item) const {
    return {item.what, own_mapping(item.mount, item.options, context_.mapping),
            item.options.ridmap};
  }

  Step& attributes(const Item& item, int slot) {
    Step& step = steps_.add(OpKind::Attributes, item.what);
    step.fd = slot;
    return step;
  }

  void recursive_attributes(const Item& item, int slot) {
    const oci::MountOptions& options = item.options;
    if ((options.rec_attr_set | options.rec_attr_clear) == 0) return;
    Step& step = attributes(item, slot);
    step.flags = flag::kRecursive;
    step.a = options.rec_attr_set;
    step.b = options.rec_attr_clear;
  }

  void propagation(const Item& item, int slot) {
    for (uint64_t mode : item.options.propagation) {
      Step& step = attributes(item, slot);
      step.flags = (mode & MS_REC) != 0 ? flag::kRecursive : 0;
      step.number = static_cast<uint32_t>(mode & ~uint64_t{MS_REC});
    }
  }

  void attach(const Item& item, int slot, uint16_t flags) {
    Step& step = steps_.add(OpKind::Attach, item.what);
    step.fd = slot;
    step.text = item.destination;
    step.flags = flags;
  }

  // Mount tables are in the order of cloning (since Linux 6.8), which should be the
  // configuration's: the child clones, unless it cannot or would get a tree that is no peer of the
  // host's.
  bool is_cloned_by_us(const Item& item, const std::string& source) const {
    return context_.sources == Sources::Ours &&
           (is_mapped(item) || context_.user_namespace || context_.keep_shared ||
            !context_.namespaces->is_new(Kind::Mount) || binds_host_root(item.options, source));
  }

  int prepared(const Item& item) const {
    if (context_.prepared == nullptr || !item.mount.source) return -1;
    auto found = context_.prepared->find(*item.mount.source);
    return found == context_.prepared->end() ? -1 : found->second;
  }

  // A clone of the source with the flags that `wanted` asks for.
  int bind_source(const Item& item, const std::string& source, const oci::MountOptions& wanted) {
    if (int slot = prepared(item); slot >= 0) {
      bind_attributes(item, slot, bind_flags(wanted));
      return slot;
    }
    auto in_root = path_in_root(source, context_.rootfs);
    if (!in_root && is_cloned_by_us(item, source)) {
      Fd tree = clone_host_tree(source, item.options.recursive, context_.keep_shared);
      if (is_mapped(item)) mappings_.map_tree(mapping(item), tree, source);
      int slot = steps_.slot(std::move(tree));
      result.host_trees.push_back({slot, item.what, restrictions(wanted)});
      bind_attributes(item, slot, bind_flags(wanted));
      return slot;
    }
    if (!in_root && !sys::try_fstatat(AT_FDCWD, source)) throw Error(ENOENT, "stat", source);
    int slot = steps_.empty_slot();
    Step& step = steps_.add(OpKind::OpenTree, item.what);
    step.fd = slot;
    step.text = in_root.value_or(source);
    step.flags = item.options.recursive ? flag::kRecursive : 0;
    // What is there when its turn comes, with the mounts before it.
    if (in_root) step.flags |= flag::kAtRoot;
    if (is_mapped(item)) mappings_.map_clone(mapping(item), slot, source);
    bind_attributes(item, slot, bind_flags(wanted));
    return slot;
  }

  void bind_attributes(const Item& item, int slot, const BindFlags& flags) {
    if (!flags.any()) return;
    set_flags(attributes(item, slot), flags);
  }

  static void set_flags(Step& step, const BindFlags& flags) {
    step.flags = flag::kInherit;
    step.a = flags.set;
    step.b = flags.clear;
    step.c = flags.named_clear;
  }

  void bind(const Item& item) {
    std::string source = absolute_from(context_.bundle, item.mount.source.value_or(""));
    int slot = bind_source(item, source, item.options);
    recursive_attributes(item, slot);
    propagation(item, slot);
    uint16_t flags = 0;
    if (item.destination == "/proc") {
      check_proc_root(source);
      flags = flag::kOnProc | flag::kNoSymlinks;
    } else if (is_within(item.destination, "/proc")) {
      flags = flag::kOnProc;  // the few files that validation lets through
    }
    if (item.destination == "/dev") result.has_dev_bind = true;
    attach(item, slot, flags);
  }

  // Only the root of a procfs may stand in for /proc (CVE-2019-16884).
  void check_proc_root(const std::string& source) {
    Fd fd = sys::openat(AT_FDCWD, source, O_PATH);
    if (sys::fstatfs_type(fd, source) != PROC_SUPER_MAGIC ||
        sys::fstat(fd, source).st_ino != kProcRootInode) {
      throw Error(quote(source) + " cannot be mounted on /proc: not the root of a procfs");
    }
  }

  void remount(const Item& item) {
    Step& step = steps_.add(OpKind::Attributes, item.what);
    step.text = item.destination;
    set_flags(step, remount_flags(item.options));
    if (!item.options.bind) reconfigure(item);
  }

  // A bind is a mount alone; otherwise "remount" means the file system too, but for read-only: it
  // may be the host's as well, and that the mount is read-only is all the container can tell.
  void reconfigure(const Item& item) {
    std::vector<std::string> data = item.options.data;
    add_super_options(item.options.super_flags, data);
    if (data.empty()) return;
    Step& step = steps_.add(OpKind::Reconfigure, item.what);
    step.text = item.destination;
    step.data = act::pack(data);
  }

  // With a cgroup namespace of the container's a mount of cgroup2 shows its own subtree. Without
  // one, mounting anew would also reset the host's mount options (nsdelegate), and a user namespace
  // may not: a bind of what the host has, and of nothing but the own subtree in a user namespace
  // (CVE-2023-25809).
  void cgroup(const Item& item) {
    if (context_.namespaces->has(Kind::Cgroup)) {
      Item cgroup2{item.mount, item.options, item.destination, item.what};
      cgroup2.options.data.clear();
      return make(cgroup2, "cgroup2", "cgroup");
    }
    bool own = context_.user_namespace && !context_.cgroup_path.empty();
    int slot = own ? own_cgroup(item) : host_cgroups(item);
    propagation(item, slot);
    attach(item, slot, 0);
  }

  // It is made after the plan, or not at all where an ordinary user may not: nothing is shown then.
  int own_cgroup(const Item& item) {
    int slot = steps_.empty_slot();
    Step& step = steps_.add(OpKind::OpenTree, item.what);
    step.fd = slot;
    step.text = context_.cgroup_path;
    step.a = 1;
    bind_attributes(item, slot, bind_flags(item.options));
    return slot;
  }

  int host_cgroups(const Item& item) {
    if (context_.cgroup_mount.empty()) throw Error("the host has no cgroup2 file system");
    Item bound{item.mount, item.options, item.destination, item.what};
    bound.options.recursive = false;
    return bind_source(bound, context_.cgroup_mount, item.options);
  }

  // Nothing to do when the mount has a label of its own.
  LabelWay label(const Item& item, std::string_view type) const {
    if (context_.label.context.empty() || has_context(item.options.data)) return LabelWay::None;
    return label_way(type, context_.user_namespace);
  }

  bool needs_mount2(const Item& item, std::string_view type) const {
    if ((item.options.super_flags & MS_I_VERSION) != 0) return true;
    if (label(item, type) == LabelWay::Option && context_.label.context.size() > kMaxFsconfigValue)
      return true;
    for (const std::string& option : item.options.data) {
      if (option.size() > kMaxFsconfigValue) return true;
    }
    return false;
  }

  void filesystem(const Item& item) {
    if (!item.mount.type || item.mount.type->empty()) throw Error("mount type is missing");
    if (needs_mount2(item, *item.mount.type)) {
      // mount(2) is called with another working directory.
      if (*item.mount.type == "overlay" && context_.scratch_slot >= 0) {
        throw Error("the paths of its layers are longer than 255 bytes together");
      }
      return with_mount2(item);
    }
    make(item, *item.mount.type, item.mount.source.value_or(*item.mount.type));
  }

  void with_mount2(const Item& item) {
    if (is_mapped(item)) {
      throw Error("a mount with iversion or an option longer than 255 bytes cannot be idmapped");
    }
    int proc_slot = steps_.empty_slot();
    Step& procfs = steps_.add(OpKind::NewMount, item.what);
    procfs.fd = proc_slot;
    procfs.text = "proc";
    procfs.data = act::pack(std::vector<std::string>{"subset=pid"});
    procfs.a = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    int slot = steps_.empty_slot();
    Step& step = steps_.add(OpKind::LegacyMount, item.what);
    step.fd = slot;
    step.fd2 = proc_slot;
    step.text = *item.mount.type;
    step.text2 = item.destination;
    step.a = item.options.super_flags |
             ((item.options.attr_set & MOUNT_ATTR_RDONLY) != 0 ? MS_RDONLY : 0);
    std::vector<std::string> data = item.options.data;
    if (label(item, *item.mount.type) == LabelWay::Option)
      data.push_back(mount_option(context_.label));
    step.data = act::pack(
        std::vector<std::string>{item.mount.source.value_or(*item.mount.type), join(data, ",")});
    if (item.options.attr_set != 0) {
      Step& attribute = attributes(item, slot);
      attribute.a = item.options.attr_set;
      attribute.b = item.options.attr_clear & MOUNT_ATTR__ATIME;
    }
    recursive_attributes(item, slot);
    propagation(item, slot);
  }

  void make(const Item& item, const std::string& type, const std::string& source) {
    std::vector<std::string> data = item.options.data;
    unquote_context(data);
    add_super_options(item.options.super_flags, data);
    if ((item.options.attr_set & MOUNT_ATTR_RDONLY) != 0 && !is_virtual(type)) {
      data.emplace_back("ro");
    }
    if (label(item, type) == LabelWay::Option) data.push_back(fsconfig_option(context_.label));
    int slot = steps_.empty_slot();
    Step& step = steps_.add(OpKind::NewMount, item.what);
    step.fd = slot;
    step.text = type;
    step.text2 = source;
    step.data = act::pack(data);
    step.a = item.options.attr_set;
    if (type == "overlay" && context_.scratch_slot >= 0) {
      step.flags |= flag::kAtScratch;
      step.fd2 = context_.scratch_slot;
    }
    if (type == "proc" && context_.pid_namespace_slot >= 0) {
      step.flags |= flag::kOfPidNamespace;
      step.fd2 = context_.pid_namespace_slot;
    }
    // Filled later (devices, copies): read-only when everything is there.
    bool later = (type == "tmpfs" || item.destination == "/dev") &&
                 (item.options.attr_set & MOUNT_ATTR_RDONLY) != 0;
    if (later) {
      step.a &= ~uint64_t{MOUNT_ATTR_RDONLY};
      result.readonly_at_end.push_back(slot);
    }
    if (type == "tmpfs" && !has_mode(data)) {
      step.flags |= flag::kModeOfTarget;
      step.data2 = item.destination;
    }
    finish(item, slot, type);
  }

  void finish(const Item& item, int slot, const std::string& type) {
    if (label(item, type) == LabelWay::Attribute) {
      Step& step = steps_.add(OpKind::MountLabel, item.what);
      step.fd = slot;
      step.text = context_.label.context;
    }
    if (is_mapped(item)) mappings_.map_slot(mapping(item), slot, type);
    recursive_attributes(item, slot);
    propagation(item, slot);
    bool is_proc = type == "proc";
    // Before it is attached nobody else can reach this procfs: the place for sysctls.
    if (is_proc && !sysctl_written_ && writable_proc(item)) {
      plan_sysctl(*context_.sysctl, slot, steps_);
      sysctl_written_ = true;
    }
    if (item.options.tmpcopyup) {
      Step& copy = steps_.add(OpKind::CopyUp, item.what);
      copy.fd = slot;
      copy.text = item.destination;
    }
    uint16_t flags = flag::kDirectory;
    if (is_proc || type == "sysfs") flags |= flag::kNoSymlinks;
    if (is_proc) flags |= flag::kOnProc;
    attach(item, slot, flags);
  }

  bool writable_proc(const Item& item) const {
    return (item.options.attr_set & MOUNT_ATTR_RDONLY) == 0 && item.options.data.empty();
  }

  const MountsContext& context_;
  Steps& steps_;
  MountMappings mappings_;

 public:
  bool sysctl_written_ = false;
};

}  // namespace

MountsResult plan_mounts(const std::vector<oci::Mount>& mounts, const MountsContext& context,
                         Steps& steps) {
  Planner planner(context, steps);
  planner.sysctl_written_ = context.sysctl == nullptr || context.sysctl->empty();
  auto before = [&](size_t index) {
    if (context.before_mount) context.before_mount(index);
  };
  for (size_t i = 0; i < mounts.size(); ++i) {
    before(i);
    const oci::Mount& mount = mounts[i];
    std::string destination = clean_absolute(mount.destination);
    // What names its place on the host means the place in the container, as everywhere else.
    destination = path_in_root(destination, context.rootfs).value_or(destination);
    planner.add({mount, oci::parse_mount_options(mount.options), destination,
                 "mount #" + std::to_string(i + 1) + " " +
                     mount.type.value_or(mount.source.value_or("")) + " at " + destination});
  }
  before(mounts.size());
  if (!planner.sysctl_written_) {
    int slot = steps.empty_slot();
    act::Step& proc = steps.add(OpKind::NewMount, "procfs for sysctl");
    proc.fd = slot;
    proc.text = "proc";
    proc.a = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    plan_sysctl(*context.sysctl, slot, steps);
  }
  return planner.finished();
}

}  // namespace tare::namespaces
