// The root file system: its tree, what is mounted in it, the switch to it, and what is taken away
// again at the end.
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "cgroups/hierarchy.h"
#include "cgroups/mount_table.h"
#include "namespaces/devices.h"
#include "namespaces/host_tree.h"
#include "oci/mount_options.h"
#include "oci/names.h"
#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/base/user_namespace.h"
#include "runtime/container/plan_builder.h"

namespace tare {
namespace {

using act::OpKind;
using act::Step;
using namespaces::Kind;
using namespaces::Sources;

bool propagation_is(const PlanBuilder& builder, std::string_view name) {
  std::string_view wanted = builder.linux_section().rootfs_propagation;
  return wanted == name || (wanted.starts_with('r') && wanted.substr(1) == name);
}

// A clone of the rootfs; nothing when we have no right to clone mounts (rootless), which decides
// where all sources are opened.
std::optional<Fd> clone_rootfs(const PlanBuilder& builder) {
  try {
    Fd tree = sys::open_tree(AT_FDCWD, builder.plan.rootfs, OPEN_TREE_CLONE | AT_RECURSIVE);
    uint64_t mode = propagation_is(builder, "private") || propagation_is(builder, "unbindable")
                        ? MS_PRIVATE
                        : MS_SLAVE;
    sys::mount_setattr(tree, true, 0, 0, mode);
    // It begins a peer group of its own.
    if (propagation_is(builder, "shared")) sys::mount_setattr(tree, false, 0, 0, MS_PRIVATE);
    return tree;
  } catch (const Error& error) {
    bool may_try_inside = error.error() == EPERM && builder.user_namespace();
    if (!may_try_inside) throw;
    return std::nullopt;
  }
}

// Who may not clone a mount of the host leaves that to the child, for every source. The right is
// looked at before the path, which is none: a clone that is thrown away waits for RCU.
bool may_clone_mounts() {
  if (::syscall(SYS_open_tree, AT_FDCWD, "", OPEN_TREE_CLONE) < 0 && errno == ENOENT) return true;
  if (errno != EPERM) throw Error(errno, "open_tree", "/");
  return false;
}

void make_root(PlanBuilder& builder) {
  Step& step = builder.add(OpKind::NewMount, "root in memory");
  step.fd = builder.root_slot;
  step.text = "tmpfs";
  step.text2 = "root";
  step.data = act::pack(oci::Strings{"mode=0755"});
  step.a = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
}

void make_entry(PlanBuilder& builder, const RootEntry& entry) {
  using EntryKind = RootEntry::Kind;
  OpKind kind = entry.kind == EntryKind::Directory ? OpKind::Directory
                : entry.kind == EntryKind::Symlink ? OpKind::Link
                                                   : OpKind::File;
  Step& step = builder.add(kind, entry.path);
  step.text = entry.path;
  if (kind == OpKind::Link) step.text2 = entry.content;
  if (kind == OpKind::File) step.data = entry.content;
  if (kind != OpKind::Link) step.number = entry.mode;
}

void fill_root(PlanBuilder& builder, size_t after) {
  for (const RootEntry& entry : *builder.request.made_root) {
    if (entry.after == after) make_entry(builder, entry);
  }
}

// Attached, since layers of an overlay have to be, below the root to come: it goes away with the
// host's root. Its files are cloned while it is the root of what is done.
void make_scratch(PlanBuilder& builder, namespaces::MountsContext& context) {
  const Scratch* scratch = builder.request.scratch;
  if (scratch == nullptr) return;
  context.scratch_slot = builder.plan.steps.empty_slot();
  Step& step = builder.add(OpKind::NewMount, "scratch");
  step.fd = context.scratch_slot;
  step.text = "tmpfs";
  step.text2 = "scratch";
  step.data = act::pack(oci::Strings{"mode=0700"});
  step.a = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
  Step& attach = builder.add(OpKind::AttachRoot, "scratch");
  attach.fd = context.scratch_slot;
  attach.text = "/";
  for (const std::string& directory : scratch->directories) {
    builder.add(OpKind::Directory, "scratch").text = "/" + directory;
  }
  for (const RootEntry& file : scratch->files) {
    make_entry(builder, file);
    int slot = builder.plan.steps.empty_slot();
    Step& clone = builder.add(OpKind::OpenTree, file.path);
    clone.fd = slot;
    clone.text = file.path;
    clone.flags = act::flag::kAtRoot;
    builder.prepared[file.path] = slot;
  }
  context.prepared = &builder.prepared;
}

void open_root_inside(PlanBuilder& builder) {
  Step& open = builder.add(OpKind::OpenTree, "rootfs " + builder.plan.rootfs);
  open.fd = builder.root_slot;
  open.text = builder.plan.rootfs;
  open.flags = act::flag::kRecursive;
}

bool binds_host_root(const PlanBuilder& builder) {
  return std::any_of(builder.mount_list().begin(), builder.mount_list().end(),
                     [&](const oci::Mount& mount) {
                       return namespaces::binds_host_root(
                           oci::parse_mount_options(mount.options),
                           absolute_from(builder.request.bundle, mount.source.value_or("")));
                     });
}

// Otherwise our root lies over the host's. Hooks that run in the container's namespaces before the
// switch look for the rootfs where the configuration says it is; without a mount namespace there is
// no other place.
bool attach_at_its_path(const PlanBuilder& builder) {
  if (!builder.namespaces.has(Kind::Mount)) return true;
  if (builder.sources == Sources::Child && binds_host_root(builder)) return true;
  // A mount cannot be moved onto the one it already covers.
  if (builder.request.root_switch == RootSwitch::Move) return true;
  if (!builder.config.hooks) return false;
  const oci::Hooks& hooks = *builder.config.hooks;
  return !hooks.create_container.empty() || !hooks.prestart.empty() ||
         !hooks.create_runtime.empty();
}

// The label as the kernel spells it, and the option that is to carry it.
namespaces::MountLabel mount_label(PlanBuilder& builder) {
  namespaces::MountLabel label{mount_context(builder), {}};
  auto option = builder.config.annotations.find(oci::annotation::kMountContextType);
  label.option = option == builder.config.annotations.end() ? "context" : option->second;
  return label;
}

namespaces::MountsContext mounts_context(PlanBuilder& builder) {
  namespaces::MountsContext context;
  context.namespaces = &builder.namespaces;
  context.bundle = builder.request.bundle;
  context.rootfs = clean_absolute(builder.plan.rootfs);
  context.sources = builder.sources;
  context.user_namespace = builder.user_namespace() || !in_initial_user_namespace();
  context.keep_shared = propagation_is(builder, "shared");
  context.cgroup_path = builder.plan.cgroup.path;
  context.mapping = {builder.user_namespace(), builder.plan.id_maps.value_or(namespaces::IdMaps{}),
                     builder.user_slot, builder.sources == Sources::Ours};
  context.pid_namespace_slot = builder.pid_slot;
  context.sysctl = &builder.linux_section().sysctl;
  context.label = mount_label(builder);
  return context;
}

bool needs_cgroup_mount(const PlanBuilder& builder) {
  if (builder.namespaces.has(Kind::Cgroup)) return false;
  for (const oci::Mount& mount : builder.mount_list()) {
    if (mount.type == "cgroup" || mount.type == "cgroup2") return true;
  }
  return false;
}

// What the terminal will be bound over: it is made last (plan_terminal), in a root that may be
// read-only by then.
void plan_console_target(PlanBuilder& builder) {
  if (!builder.config.process->terminal) return;
  Step& target = builder.add(OpKind::Directory, "console");
  target.text = "/dev/console";
  target.flags = act::flag::kFile | act::flag::kNoSymlinks;
}

// Where the host has procfs and sysfs, topmost mounts first. One that stays within reach of a moved
// root would let a nested user namespace mount its own without what is masked in ours.
oci::Strings full_views(const std::string& rootfs) {
  oci::Strings views;
  for (std::string_view type : {"proc", "sysfs"}) {
    for (cgroups::Mounted& mounted : cgroups::mounts_of(type)) {
      if (!is_within(mounted.target, rootfs)) views.push_back(std::move(mounted.target));
    }
  }
  std::reverse(views.begin(), views.end());
  return views;
}

// Without a user namespace of its own the container's root is who may change the host's mounts, and
// what is cloned inside one (Sources::Child) is locked already. Device nodes are left out: each is
// one that the container is to use, and but for nodev no flag means anything for it.
void plan_locks(PlanBuilder& builder) {
  if (!builder.user_namespace() || builder.sources != Sources::Ours) return;
  builder.plan.host_trees = std::move(builder.mounts.host_trees);
  if (builder.request.made_root != nullptr) return;
  builder.plan.host_trees.push_back({builder.root_slot, "rootfs " + builder.plan.rootfs, {}});
}

}  // namespace

void plan_root(PlanBuilder& builder) {
  const oci::Root& root = *builder.config.root;
  Plan& plan = builder.plan;
  if (builder.request.made_root != nullptr) {
    builder.sources = may_clone_mounts() ? Sources::Ours : Sources::Child;
    builder.root_slot = plan.steps.empty_slot();
    return;
  }
  plan.rootfs = absolute_from(builder.request.bundle, root.path);
  auto status = sys::try_fstatat(AT_FDCWD, plan.rootfs);
  if (!status) throw Error(ENOENT, "rootfs", quote(plan.rootfs));
  if (!S_ISDIR(status->st_mode)) throw Error(ENOTDIR, "rootfs", quote(plan.rootfs));
  auto tree = clone_rootfs(builder);
  builder.sources = tree ? Sources::Ours : Sources::Child;
  builder.root_slot = tree ? plan.steps.slot(std::move(*tree)) : plan.steps.empty_slot();
  if (!builder.namespaces.has(Kind::Mount)) plan.host_mount = plan.rootfs;
}

void plan_filesystem(PlanBuilder& builder) {
  Plan& plan = builder.plan;
  if (builder.namespaces.has(Kind::Mount)) {
    // What is mounted here must not show on the host; what the host mounts may show here.
    builder.add(OpKind::HostPropagation, "make mounts slave").number = MS_SLAVE;
  }
  namespaces::MountsContext context = mounts_context(builder);
  bool made = builder.request.made_root != nullptr;
  make_scratch(builder, context);
  if (made) {
    make_root(builder);
  } else if (builder.sources == Sources::Child) {
    open_root_inside(builder);
  }
  Step& attach = builder.add(OpKind::AttachRoot, "rootfs " + plan.rootfs);
  attach.fd = builder.root_slot;
  attach.text = !made && attach_at_its_path(builder) ? plan.rootfs : "/";
  if (made) context.before_mount = [&](size_t mounts) { fill_root(builder, mounts); };
  if (needs_cgroup_mount(builder)) context.cgroup_mount = cgroups::hierarchy_mount();
  builder.mounts = namespaces::plan_mounts(builder.mount_list(), context, plan.steps);
  plan.mount_mappings = std::move(builder.mounts.mappings);
  plan_locks(builder);
  if (builder.mounts.has_dev_bind) return;
  namespaces::DevicesContext devices;
  devices.sources = builder.sources;
  devices.mounts = &builder.mount_list();
  devices.nodes = context.user_namespace ? namespaces::Nodes::Bind : namespaces::Nodes::Make;
  namespaces::plan_devices(builder.linux_section().devices, devices, plan.steps);
}

void plan_switch_root(PlanBuilder& builder) {
  Step& step = builder.add(OpKind::Pivot, "switch to the rootfs");
  if (!builder.namespaces.has(Kind::Mount)) {
    step.flags = act::flag::kChroot;
  } else if (builder.request.root_switch == RootSwitch::Move) {
    step.flags = act::flag::kMoveRoot;
    step.data = act::pack(full_views(clean_absolute(builder.plan.rootfs)));
  }
  uint32_t mode = propagation_is(builder, "shared")       ? MS_SHARED
                  : propagation_is(builder, "unbindable") ? MS_UNBINDABLE
                                                          : 0;
  if (mode == 0) return;
  Step& propagation = builder.add(OpKind::Attributes, "rootfs propagation");
  propagation.fd = builder.root_slot;
  propagation.number = mode;
  if (builder.linux_section().rootfs_propagation.starts_with('r')) {
    propagation.flags = act::flag::kRecursive;
  }
}

// Read-only comes last: everything before may still have to make a mount point or a directory.
void plan_restrictions(PlanBuilder& builder) {
  const oci::Linux& linux_section = builder.linux_section();
  if (builder.config.process) {
    Step& cwd = builder.add(OpKind::Directory, "cwd " + builder.config.process->cwd);
    cwd.text = builder.config.process->cwd;
    plan_console_target(builder);
  }
  namespaces::plan_readonly_paths(linux_section.readonly_paths, builder.plan.steps);
  namespaces::plan_masked_paths(linux_section.masked_paths,
                                {builder.sources, mount_context(builder)}, builder.plan.steps);
  for (int slot : builder.mounts.readonly_at_end) {
    Step& step = builder.add(OpKind::Attributes, "read-only mount");
    step.fd = slot;
    step.a = MOUNT_ATTR_RDONLY;
  }
  if (builder.config.root->readonly) {
    Step& step = builder.add(OpKind::Attributes, "read-only rootfs");
    step.fd = builder.root_slot;
    step.a = MOUNT_ATTR_RDONLY;
  }
}

}  // namespace tare
