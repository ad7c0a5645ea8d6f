// libmount knows the escapes and the oddities of /proc/self/mountinfo. It is opened here, on the
// rare hosts that need it, because it pulls in three more libraries.
#include "cgroups/mount_table.h"

#include <libmount/libmount.h>

#include <string_view>

#include "runtime/base/error.h"
#include "runtime/base/shared_library.h"

namespace tare::cgroups {
namespace {

constexpr const char* kMountInfo = "/proc/self/mountinfo";

}  // namespace

std::vector<MountedCgroup> cgroup2_mounts() {
  SharedLibrary library("libmount.so.1");
  auto* read_table = library.symbol<decltype(mnt_new_table_from_file)>("mnt_new_table_from_file");
  auto* release_table = library.symbol<decltype(mnt_unref_table)>("mnt_unref_table");
  auto* new_iterator = library.symbol<decltype(mnt_new_iter)>("mnt_new_iter");
  auto* free_iterator = library.symbol<decltype(mnt_free_iter)>("mnt_free_iter");
  auto* next = library.symbol<decltype(mnt_table_next_fs)>("mnt_table_next_fs");
  auto* type = library.symbol<decltype(mnt_fs_get_fstype)>("mnt_fs_get_fstype");
  auto* target = library.symbol<decltype(mnt_fs_get_target)>("mnt_fs_get_target");
  auto* root = library.symbol<decltype(mnt_fs_get_root)>("mnt_fs_get_root");

  libmnt_table* table = read_table(kMountInfo);
  libmnt_iter* iterator = new_iterator(MNT_ITER_FORWARD);
  if (table == nullptr || iterator == nullptr) {
    throw Error(std::string("cannot read the mount table ") + kMountInfo);
  }
  std::vector<MountedCgroup> mounts;
  libmnt_fs* entry = nullptr;
  while (next(table, iterator, &entry) == 0) {
    const char* name = type(entry);
    if (name != nullptr && std::string_view(name) == "cgroup2") {
      mounts.push_back({target(entry), root(entry)});
    }
  }
  free_iterator(iterator);
  release_table(table);
  return mounts;
}

}  // namespace tare::cgroups
