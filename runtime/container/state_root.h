// Where container state lives when nobody says otherwise.
#pragma once

#include <string>

namespace tare {

// `/run/tare`, or `$XDG_RUNTIME_DIR/tare` for an ordinary user and for root of a user namespace
// whose $USER is not root (the rule of runc, which podman and rootless tools count on). Throws when
// an ordinary user has neither that variable nor a /run/user/UID.
std::string default_state_root();

}  // namespace tare
