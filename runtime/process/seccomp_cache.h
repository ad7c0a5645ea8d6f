// Compiled seccomp programs kept between containers.
#pragma once

#include <linux/filter.h>

#include <optional>
#include <string>
#include <vector>

#include "oci/config.h"
#include "runtime/base/fd.h"

namespace tare::process {

// Everything that determines the program, as bytes of which no two different profiles share any:
// versions, native architecture and each member of the profile, with counts and lengths. Names the
// entry, too; loading flags and the listener are not in it because they do not change the program.
std::string seccomp_cache_key(const oci::Seccomp& seccomp);

// Both take a directory that only we can write. Nothing on any trouble: a cache is never a reason
// to fail, so what is unreadable, foreign, damaged or of another key is not there.
std::optional<std::vector<sock_filter>> find_cached(const Fd& directory, const std::string& key);
// Keeps at most 64 programs; the oldest go. Trouble is a debug message.
void store_cached(const Fd& directory, const std::string& key,
                  const std::vector<sock_filter>& program);

}  // namespace tare::process
