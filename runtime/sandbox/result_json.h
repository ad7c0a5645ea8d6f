// The result as the document that scripts read.
#pragma once

#include <string>

#include "oci/json.h"
#include "runtime/sandbox/outcome.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// One line, schema "tare.sandbox.result/1". Every key is always there, null where there is nothing
// to tell, but for captured output.
oci::json::Object result_document(const Result& result, const Policy& policy);
std::string result_json(const Result& result, const Policy& policy);

}  // namespace tare::sandbox
