// Options of a mount as its file system takes them, through fsconfig(2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tare::namespaces {

// File systems whose superblock is the kernel's own or made for the container: read-only is a
// matter of the mount there. Elsewhere (disks, overlays) the superblock must not be written either.
bool is_virtual(std::string_view type);

// The MS_* flags that are options of the file system, by their names.
void add_super_options(uint64_t flags, std::vector<std::string>& data);

// Whether a mode is among them.
bool has_mode(const std::vector<std::string>& data);

}  // namespace tare::namespaces
