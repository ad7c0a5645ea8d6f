// Delete must succeed after any tare command was killed at any system call. The record says what
// was intended before it was done, so each step here takes "not there" for done, and the folder,
// which is what makes the container exist, goes last. The order is that of what holds what:
// processes keep the cgroup busy and the mount in use.
#include "runtime/container/delete.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>

#include <cerrno>

#include "cgroups/cgroup.h"
#include "cgroups/resctrl.h"
#include "runtime/base/error.h"
#include "runtime/base/log.h"
#include "runtime/base/sys.h"
#include "runtime/container/hooks.h"
#include "runtime/container/status.h"

namespace tare {
namespace {

constexpr int kKillTimeout = 10'000;  // milliseconds

void kill_init(const ProcessIdentity& identity) {
  auto init = open_process(identity);
  if (!init || !sys::pidfd_send_signal(*init, SIGKILL)) return;
  // A pidfd becomes readable when its process exits, zombie or not (pidfd_open(2)).
  if (!sys::poll_readable(*init, kKillTimeout)) throw Error("container init still running");
}

// The next container there must not be born frozen.
void take_back_pause(const std::string& cgroup) {
  if (!cgroups::is_frozen_itself(cgroup)) return;
  try {
    cgroups::thaw(cgroup);
  } catch (const Error& error) {
    log_warning(error.what());
  }
}

void remove_cgroup(const ContainerRecord& record) {
  const CgroupRecord& cgroup = record.cgroup;
  if (cgroup.path.empty()) return;
  if (cgroup.created && cgroup.unit) {
    cgroups::remove_unit(*cgroup.unit, cgroup.path);
  } else if (cgroup.created) {
    cgroups::remove(cgroup.path, cgroup.created_parents);
  } else if (record.phase != Phase::Creating) {
    // It was there before us and stays. Create made sure it was empty; an unfinished one may not
    // have looked yet.
    cgroups::kill_all(cgroup.path);
    take_back_pause(cgroup.path);
  }
}

// The pid file itself is the caller's.
void remove_unfinished_pid_file(const ContainerRecord& record) {
  if (record.pid_file.empty()) return;
  sys::remove_unfinished_at(AT_FDCWD, record.pid_file, std::to_string(record.init.pid));
}

void remove_resctrl(const ContainerRecord& record) {
  const ResctrlRecord& resctrl = record.resctrl;
  if (!resctrl.monitoring.empty()) {
    cgroups::remove_resctrl(resctrl.monitoring, cgroups::ResctrlTasks::Move);
  }
  if (!resctrl.created) return;
  if (!resctrl.named) {
    cgroups::remove_resctrl(resctrl.group, cgroups::ResctrlTasks::Move);
  } else if (record.phase == Phase::Creating) {
    // Made for a container that has never been; others may have found it since.
    cgroups::remove_resctrl(resctrl.group, cgroups::ResctrlTasks::Spare);
  }
}

// Nothing without a record; an unreadable one is an Error unless forced, when the folder is all
// that can still be removed.
std::optional<ContainerRecord> read_for_delete(const ContainerDirectory& directory, Force force) {
  try {
    return directory.try_read();
  } catch (const Error& error) {
    if (force == Force::No) throw;
    log_warning(std::string(error.what()) + "; only the container's folder is removed");
    return std::nullopt;
  }
}

bool is_deletable(oci::Status status) {
  return status == oci::Status::Stopped || status == oci::Status::Created;
}

// Ends a `start` or `create` that waits for the init while it holds the lock.
void kill_before_lock(const ContainerRecord& record) {
  if (auto init = open_process(record.init)) sys::pidfd_send_signal(*init, SIGKILL);
}

void kill_before_lock(const Store& store, const std::string& id) {
  auto directory = store.try_find(id);
  if (!directory) return;
  try {
    if (auto record = directory->try_read()) kill_before_lock(*record);
  } catch (const Error& error) {
    // The same record is read again under the lock, and said to be broken there.
    log_debug(error.what());
  }
}

}  // namespace

void unmount_rootfs(const ContainerRecord& record) {
  const std::string& path = record.host_mount;
  if (path.empty() || !sys::try_fstatat(AT_FDCWD, path)) return;
  // Not mounted yet, or not any more: what is there is the engine's.
  if (sys::mount_id(path) == record.host_mount_below) return;
  if (::umount2(path.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) != 0 && errno != EINVAL) {
    throw Error(errno, "umount", path);
  }
}

void destroy(ContainerDirectory& directory, const ContainerRecord& record) {
  log_debug("delete " + record.id + ": process, cgroup " + record.cgroup.path + ", folder");
  kill_init(record.init);
  remove_cgroup(record);
  remove_resctrl(record);
  unmount_rootfs(record);
  remove_unfinished_pid_file(record);
  directory.remove();
  run_poststop(record);
}

void run_poststop(const ContainerRecord& record) {
  if (record.poststop.empty()) return;
  oci::State state = state_with(record, oci::Status::Stopped);
  run_hooks("poststop", record.poststop, {oci::hook_state_json(state), record.bundle},
            HookFailure::Warn);
}

void remove_container(const Store& store, const std::string& id, Force force) {
  check_container_id(id);
  if (force == Force::Yes) kill_before_lock(store, id);
  auto directory = store.try_find_locked(id);
  auto record = directory ? read_for_delete(*directory, force) : std::nullopt;
  if (!record) {
    if (directory) directory->remove();
    if (force == Force::No) throw Error("container does not exist");
    return;
  }
  if (force == Force::No) {
    oci::Status status = container_status(*directory, *record);
    if (!is_deletable(status)) {
      throw Error("cannot delete container " + id +
                  " that is not stopped: " + oci::status_name(status));
    }
  }
  destroy(*directory, *record);
}

void remove_container(ContainerDirectory& directory, const ContainerRecord& record) {
  kill_before_lock(record);
  if (!directory.lock()) return;
  if (auto current = directory.try_read()) destroy(directory, *current);
}

}  // namespace tare
