// The control files of one cgroup directory. A cgroup may vanish at any time, so "not there" and
// refused writes are values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/fd.h"

namespace tare::cgroups {

// The text of `file` relative to `dirfd`; nothing when file or cgroup is not there (any more).
std::optional<std::string> read_control(int dirfd, const std::string& file);

// One write of `value` to an existing file: 0, or the errno of open or write.
int try_write_control(int dirfd, const std::string& file, std::string_view value);

// The number after `key` in a flat keyed file such as cgroup.events ("populated 1\nfrozen 0\n").
std::optional<uint64_t> keyed_value(std::string_view text, std::string_view key);

// Names of the cgroups directly below `directory`.
std::vector<std::string> child_cgroups(const Fd& directory);

// Directory `name` (one component or several) below `directory`, never through a symbolic link or
// another mount, as O_PATH; nothing when there is none.
std::optional<Fd> open_below(const Fd& directory, const std::string& name);

// A directory of a cgroup2 hierarchy by its absolute path, as O_PATH; nothing when there is none,
// an Error when it is something else.
std::optional<Fd> open_cgroup(const std::string& path);

// A directory that was made on the way to a container's cgroup carries an extended attribute
// (cgroupfs has them since Linux 5.7), so that the last container below it removes it, whichever
// made it.
void mark_created(const std::string& path);
bool is_marked_created(const std::string& path);

}  // namespace tare::cgroups
