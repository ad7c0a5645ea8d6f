// Policies as JSON.
#pragma once

#include <string>
#include <vector>

#include "oci/json.h"
#include "runtime/sandbox/settings.h"

namespace tare::sandbox {

// The settings of a document, in its order: an object whose members are named like the options,
// with `version` 1, and with `files`, an array of objects of one member each, for what depends on
// the order. Comments are allowed. Relative paths start at `folder`; ${CWD} and ${HOME} stand for
// the caller's, $${ for ${. Throws every mistake at once, named by `name` and a JSON pointer.
std::vector<Setting> read_policy(std::string_view text, const std::string& name,
                                 const std::string& folder);
// The same of a document that is read already, and may be used up.
std::vector<Setting> read_policy(oci::json::Value& document, const std::string& name,
                                 const std::string& folder);
// The same of a file, whose folder it is.
std::vector<Setting> read_policy_file(const std::string& path);

}  // namespace tare::sandbox
