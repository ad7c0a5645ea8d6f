// A configured device or a mount of the same path replaces a default one: engines that bind the
// host's devices themselves, as rootless ones do, choose their flags. Bound nodes are opened on the
// host and proven to be the device that was meant before the container exists.
#include "namespaces/devices.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cerrno>
#include <set>

#include "runtime/base/error.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"

namespace tare::namespaces {
namespace {

using act::OpKind;
using act::Step;

constexpr uint32_t kDefaultMode = 0666;

struct DefaultDevice {
  const char* path;
  unsigned major, minor;
};
constexpr DefaultDevice kDefaults[] = {{"/dev/null", 1, 3},    {"/dev/zero", 1, 5},
                                       {"/dev/full", 1, 7},    {"/dev/random", 1, 8},
                                       {"/dev/urandom", 1, 9}, {"/dev/tty", 5, 0}};

struct DevLink {
  const char* path;
  const char* target;
};
constexpr DevLink kLinks[] = {{"/dev/fd", "/proc/self/fd"},
                              {"/dev/stdin", "/proc/self/fd/0"},
                              {"/dev/stdout", "/proc/self/fd/1"},
                              {"/dev/stderr", "/proc/self/fd/2"},
                              {"/dev/ptmx", "pts/ptmx"}};

mode_t file_type(const std::string& type) {
  if (type == "b") return S_IFBLK;
  if (type == "p") return S_IFIFO;
  return S_IFCHR;  // c, and u: unbuffered
}

void verify(const Fd& node, const oci::Device& device) {
  struct stat status = sys::fstat(node, device.path);
  bool same =
      (status.st_mode & S_IFMT) == file_type(device.type) &&
      (device.type == "p" || status.st_rdev == makedev(static_cast<unsigned>(*device.major),
                                                       static_cast<unsigned>(*device.minor)));
  if (!same) throw Error(quote(device.path) + " of the host is not the device that was asked for");
}

void bind_node(const oci::Device& device, Sources sources, Steps& steps) {
  std::string what = "device " + device.path;
  Fd node = sys::openat(AT_FDCWD, device.path, O_PATH);
  verify(node, device);
  int slot = -1;
  if (sources == Sources::Ours) {
    Fd tree = sys::open_tree(node.get(), "", AT_EMPTY_PATH | OPEN_TREE_CLONE);
    sys::mount_setattr(tree, false, 0, 0, MS_PRIVATE);
    slot = steps.slot(std::move(tree));
  } else {
    slot = steps.empty_slot();
    Step& open = steps.add(OpKind::OpenTree, what);
    open.fd = slot;
    open.text = device.path;
  }
  Step& attach = steps.add(OpKind::Attach, what);
  attach.fd = slot;
  attach.text = clean_absolute(device.path);
}

void make_node(const oci::Device& device, Steps& steps) {
  Step& step = steps.add(OpKind::Device, "device " + device.path);
  step.text = clean_absolute(device.path);
  step.number = file_type(device.type) | (device.file_mode.value_or(kDefaultMode) & 07777);
  step.a = device.type == "p" ? 0
                              : static_cast<uint64_t>(*device.major) << 32 |
                                    (static_cast<uint64_t>(*device.minor) & 0xffffffff);
  step.b = uint64_t{device.uid.value_or(0)} << 32 | device.gid.value_or(0);
}

bool listed(const std::vector<oci::Device>& devices, const char* path) {
  for (const oci::Device& device : devices) {
    if (clean_absolute(device.path) == path) return true;
  }
  return false;
}

// The link to the container's own takes its place (ddev-3): a node made first would be replaced by
// it, and one that was bound could not be.
bool is_terminal_multiplexer(const oci::Device& device) {
  return clean_absolute(device.path) == "/dev/ptmx" && file_type(device.type) == S_IFCHR &&
         device.major == 5 && device.minor == 2;
}

// Something is mounted at `path`, and nothing later above it.
bool is_mounted(const std::vector<oci::Mount>& mounts, std::string_view path) {
  bool mounted = false;
  for (const oci::Mount& mount : mounts) {
    std::string destination = clean_absolute(mount.destination);
    if (is_within(path, destination)) mounted = destination == path;
  }
  return mounted;
}

}  // namespace

void plan_devices(const std::vector<oci::Device>& devices, const DevicesContext& context,
                  Steps& steps) {
  std::vector<oci::Device> all;
  for (const DefaultDevice& standard : kDefaults) {
    if (listed(devices, standard.path)) continue;
    if (context.mounts != nullptr && is_mounted(*context.mounts, standard.path)) continue;
    oci::Device device;
    device.type = "c";
    device.path = standard.path;
    device.major = standard.major;
    device.minor = standard.minor;
    all.push_back(std::move(device));
  }
  all.insert(all.end(), devices.begin(), devices.end());
  for (const oci::Device& device : all) {
    if (is_terminal_multiplexer(device)) continue;
    Scope scope("device " + device.path);
    if (context.nodes == Nodes::Bind && device.type != "p") {
      bind_node(device, context.sources, steps);
    } else {
      make_node(device, steps);
    }
  }
  for (const DevLink& link : kLinks) {
    Step& step = steps.add(OpKind::Link, std::string("link ") + link.path);
    step.text = link.path;
    step.text2 = link.target;
  }
  if (sys::try_fstatat(AT_FDCWD, "/proc/kcore")) {
    Step& step = steps.add(OpKind::Link, "link /dev/core");
    step.text = "/dev/core";
    step.text2 = "/proc/kcore";
    step.flags = act::flag::kMayExist;
  }
}

void plan_masked_paths(const std::vector<std::string>& paths, const MaskContext& context,
                       Steps& steps) {
  if (paths.empty()) return;
  oci::Device null;
  null.type = "c";
  null.path = "/dev/null";
  null.major = 1;
  null.minor = 3;
  Fd node = sys::openat(AT_FDCWD, null.path, O_PATH);
  verify(node, null);
  int file = -1;
  if (context.sources == Sources::Ours) {
    Fd tree = sys::open_tree(node.get(), "", AT_EMPTY_PATH | OPEN_TREE_CLONE);
    sys::mount_setattr(tree, false, MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NOSUID, 0, MS_PRIVATE);
    file = steps.slot(std::move(tree));
  } else {
    file = steps.empty_slot();
    Step& open = steps.add(OpKind::OpenTree, "mask from /dev/null");
    open.fd = file;
    open.text = null.path;
  }
  int directory = steps.empty_slot();
  std::set<std::string> masked;
  for (const std::string& path : paths) {
    auto [clean, first] = masked.insert(clean_absolute(path));
    if (!first) continue;
    Step& step = steps.add(OpKind::Mask, "masked path " + path);
    step.fd = file;
    step.fd2 = directory;
    step.text = *clean;
    step.text2 = context.label;
  }
}

void plan_readonly_paths(const std::vector<std::string>& paths, Steps& steps) {
  for (const std::string& path : paths) {
    Step& step = steps.add(OpKind::ReadonlyPath, "read-only path " + path);
    step.text = clean_absolute(path);
  }
}

}  // namespace tare::namespaces
