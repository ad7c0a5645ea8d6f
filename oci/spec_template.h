// The configuration that `tare spec` writes (runc.md 2.6).
#pragma once

#include <sys/types.h>

#include "oci/config.h"

namespace tare::oci {

Config spec_template();
// The same for an ordinary user: a user namespace with one-entry maps of `uid` and `gid`, the
// host's network and a read-only bind of its /sys.
Config rootless_spec_template(uid_t uid, gid_t gid);

}  // namespace tare::oci
