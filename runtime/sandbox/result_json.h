// The result as the document that scripts read.
#pragma once

#include <string>

#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// One line, schema "tare.sandbox.result/1".
std::string result_json(const Result& result, const Policy& policy);

}  // namespace tare::sandbox
