// An id mapping written into a mount option, as crun has it and Podman passes it on:
// idmap=uids=FILE-HOST-COUNT#…;gids=…
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "oci/config.h"

namespace tare::oci {

struct InlineRange {
  IdMapping ids;          // container_id: on the file system; host_id: on the host, unless …
  bool relative = false;  // "@": host_id is the container's
};

struct InlineMapping {
  std::vector<InlineRange> uids, gids;
};

// What stands behind "idmap="; nothing when that is no mapping of both uids and gids.
std::optional<InlineMapping> parse_inline_mapping(std::string_view text);

}  // namespace tare::oci
