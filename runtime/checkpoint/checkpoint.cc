// criu freezes the container's cgroup, looks into every process, and writes what it finds to the
// images. It ends the processes itself; then the container is deleted like one that has stopped.
//
// What of the container belongs to the host is told by the configuration, as the restore will read
// it; where exactly it is, by the container's own mount namespace.
#include "runtime/checkpoint/checkpoint.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <cstdio>

#include "cgroups/hierarchy.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/paths.h"
#include "runtime/base/strings.h"
#include "runtime/base/sys.h"
#include "runtime/checkpoint/cgroup_yard.h"
#include "runtime/checkpoint/criu.h"
#include "runtime/checkpoint/external.h"
#include "runtime/checkpoint/image_folders.h"
#include "runtime/container/bundle.h"
#include "runtime/container/delete.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

constexpr int kLeastCriu = 30000;
constexpr int kStatusReady = 31500;  // tells by a notification that pages are served

void check_state(oci::Status status) {
  if (status == oci::Status::Running || status == oci::Status::Paused) return;
  throw Error(std::string("Container cannot be checkpointed in ") + oci::status_name(status) +
              " state");
}

void check_parent(const CheckpointRequest& request) {
  if (request.parent_path.empty()) return;
  if (request.parent_path.starts_with('/')) throw Error("--parent-path must be relative");
  std::string path = absolute_from(request.criu.image_path, request.parent_path);
  auto status = sys::try_fstatat(AT_FDCWD, path);
  if (!status) throw Error(ENOENT, "invalid --parent-path: stat", path);
  if (!S_ISDIR(status->st_mode)) throw Error(ENOTDIR, "invalid --parent-path:", path);
}

void check_status_fd(int fd) {
  if (fd < 0) return;
  Scope scope("invalid --status-fd argument " + std::to_string(fd));
  int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0) throw Error(errno, "fcntl", "F_GETFL");
  if ((flags & O_ACCMODE) == O_RDONLY) throw Error("not writable");
}

void check_features(const std::string& program, const CheckpointRequest& request) {
  int least = request.status_fd >= 0 ? kStatusReady : kLeastCriu;
  criu_version(program, least);
  CriuFeatures wanted{request.pre_dump, request.criu.lazy_pages};
  if (wanted.memory_tracking || wanted.lazy_pages) require_criu_features(program, wanted);
}

// A file of the host, by the mount it was opened through and its inode: criu's name for one that is
// handed over at the restore.
std::optional<std::string> host_file_name(pid_t pid, int stream) {
  std::string entry = "/proc/" + std::to_string(pid) + "/fd/" + std::to_string(stream);
  auto status = sys::try_fstatat(AT_FDCWD, entry);
  if (!status || !S_ISREG(status->st_mode)) return std::nullopt;
  std::string info = sys::read_file_at(
      AT_FDCWD, "/proc/" + std::to_string(pid) + "/fdinfo/" + std::to_string(stream));
  for (std::string_view line : split(info, '\n')) {
    if (!line.starts_with("mnt_id:")) continue;
    auto mount = parse_number<unsigned>(trim(line.substr(line.find(':') + 1)));
    if (!mount) break;
    char name[64];
    std::snprintf(name, sizeof name, "file[%x:%" PRIx64 "]", *mount,
                  static_cast<uint64_t>(status->st_ino));
    return name;
  }
  return std::nullopt;
}

bool has_mount(pid_t pid, std::string_view name) {
  // file[MOUNT:INODE], MOUNT in hexadecimal; mountinfo has it in decimal (proc(5)).
  unsigned mount = 0;
  if (std::sscanf(std::string(name).c_str(), "file[%x:", &mount) != 1) return true;
  std::string prefix = std::to_string(mount) + " ";
  constexpr size_t kMaxMounts = 64 << 20;
  std::string table =
      sys::read_file_at(AT_FDCWD, "/proc/" + std::to_string(pid) + "/mountinfo", kMaxMounts);
  for (std::string_view line : split(table, '\n')) {
    if (line.starts_with(prefix)) return true;
  }
  return false;
}

// What the standard streams are connected to. A file that lies on no mount of the container's was
// the caller's: it is named as external, as pipes are by themselves.
std::vector<std::string> standard_streams(pid_t pid, std::vector<std::string>& external) {
  std::vector<std::string> streams;
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    std::string entry = std::to_string(pid) + "/fd/" + std::to_string(stream);
    if (!sys::try_fstatat(AT_FDCWD, "/proc/" + entry)) {
      streams.emplace_back();
      continue;
    }
    auto file = host_file_name(pid, stream);
    if (file && !has_mount(pid, *file)) {
      streams.push_back(*file);
      external.push_back(*file);
    } else {
      streams.push_back(link_text(entry));
    }
  }
  return streams;
}

// On hybrid hosts criu takes the freezer of cgroup v1 for the only one, and stops the processes one
// by one instead.
bool criu_freezes() {
  for (const CriuPair& group : cgroup_v1_roots(sys::read_file_at(AT_FDCWD, "/proc/self/cgroup"))) {
    if (group.key == "freezer") return false;
  }
  return true;
}

CriuOptions dump_options(const CheckpointRequest& request, const ContainerRecord& record) {
  CriuOptions options = criu_options(request.criu);
  options.pid = record.init.pid;
  options.root = record.rootfs;
  options.parent_image = request.parent_path;
  options.track_memory = !request.parent_path.empty() || request.pre_dump;
  options.config_file = criu_config_file(record.annotations, record.bundle);
  if (criu_freezes()) options.freeze_cgroup = record.cgroup.path;
  options.page_server_address = request.page_server_address;
  options.page_server_port = request.page_server_port;
  options.leave_running = request.leave_running;
  options.link_remap = request.link_remap;
  options.tcp_skip_in_flight = request.tcp_skip_in_flight;
  return options;
}

// What criu has to know of the host's things in the container, which memory alone does not need.
void add_host_things(CriuOptions& options, const ContainerRecord& record, const oci::Config& config,
                     const ImageFolders& folders) {
  pid_t pid = record.init.pid;
  Fd root = sys::openat(AT_FDCWD, "/proc/" + std::to_string(pid) + "/root", O_PATH | O_DIRECTORY);
  auto mounts = host_mounts(config, record.bundle, cgroups::hierarchy_mount());
  options.external_mounts = mounts_for_dump(config, mounts, root);
  write_descriptors(folders.images(), standard_streams(pid, options.external));
}

void serve(const CheckpointRequest& request, const CriuNotification& notification) {
  if (notification.script != "status-ready" || request.status_fd < 0) return;
  char zero = 0;
  if (::write(request.status_fd, &zero, 1) != 1) {
    log_warning("status fd: " + errno_text(errno));
  }
  ::close(request.status_fd);  // who reads it waits for nothing else
}

// A process that is frozen cannot be stopped by criu, which would wait for ever.
void check_frozen(oci::Status status) {
  if (status != oci::Status::Paused || criu_freezes()) return;
  throw Error("criu cannot thaw a paused container on a host with the freezer of cgroup v1")
      .with_hint("resume it first");
}

void dump(const ContainerDirectory& directory, const ContainerRecord& record,
          const CheckpointRequest& request) {
  std::string program = find_criu();
  check_features(program, request);
  oci::Config config = load_config(record.bundle, record.config_file);
  if (!has_namespace(config, "mount")) {
    throw Error("a container without a mount namespace cannot be checkpointed");
  }
  ImageFolders folders(request.criu, ImageFolders::Images::Make, "dump.log");
  check_parent(request);
  CgroupYard yard(directory, CgroupYard::Kind::Link);
  CriuOptions options = dump_options(request, record);
  options.cgroup_yard = yard.path();
  options.external = namespaces_for_dump(config);
  if (!request.pre_dump) add_host_things(options, record, config, folders);
  folders.put_into(options);

  CriuType type = request.pre_dump ? CriuType::PreDump : CriuType::Dump;
  CriuPlace place;
  place.program = program;
  try {
    Criu(place).ask(type, criu_request(type, options),
                    [&](const CriuNotification& notification) { serve(request, notification); });
  } catch (const Error& error) {
    throw folders.explained(error);  // its log knows why
  }
}

}  // namespace

void checkpoint(ContainerDirectory& directory, const CheckpointRequest& request) {
  Scope scope("checkpoint " + directory.id());
  ContainerRecord record = directory.read();
  oci::Status status = container_status(directory, record);
  check_state(status);
  check_frozen(status);
  check_status_fd(request.status_fd);
  dump(directory, record, request);
  if (request.leave_running || request.pre_dump) return;
  destroy(directory, record);
}

}  // namespace tare
