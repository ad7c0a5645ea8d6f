// Why a sandbox could not be made.
#pragma once

#include <string>

#include "runtime/base/error.h"

namespace tare::sandbox {

// What of this host stands in the way of any sandbox, and what to do about it, where that may have
// been the cause of `error`; else, and where the error itself says what to do, its own hint.
std::string hint_for(const Error& error);

}  // namespace tare::sandbox
