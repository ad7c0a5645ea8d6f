// The user namespace that we run in.
#pragma once

namespace tare {

// It is the initial one: its uid map is the full identity (user_namespaces(7)).
bool in_initial_user_namespace();

// We lack what root has on the host: as an ordinary user, or as the root of another user namespace.
bool is_rootless();

}  // namespace tare
