// A directory with nothing in it, for what must see or show nothing.
#pragma once

#include "runtime/act/context.h"

namespace tare::act {

// The root of an unattached read-only tmpfs of its own, with the SELinux context `label` unless
// that is empty; the descriptor is the caller's.
int empty_directory(Context& context, const char* label);

}  // namespace tare::act
