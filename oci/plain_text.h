// JSON values as a person reads them, for documents that are also printed as text.
#pragma once

#include <string>
#include <string_view>

#include "oci/json.h"

namespace tare::oci::json {

// `text` itself, or quoted when a terminal would obey something in it.
std::string printable(std::string_view text);

// On one line: "yes", "no", "unknown" for null, "none" for an empty list, lists with commas, the
// members of an object as "name value" with semicolons.
std::string plain_text(const Value& value);

// The members of an object, one a line, values aligned; objects inside are indented by two more
// blanks. Ends with a newline.
std::string outline(const Object& object, size_t indent = 0);

}  // namespace tare::oci::json
