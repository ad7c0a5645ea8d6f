// A policy as the document that says the same: what --print-policy shows, and the digest of it.
#pragma once

#include <string>

#include "oci/json.h"
#include "runtime/sandbox/policy.h"

namespace tare::sandbox {

// Every setting that has a value, given or by default, in one notation: absolute paths, sizes in
// bytes, times in milliseconds. What --policy makes of it has the same document.
oci::json::Object policy_document(const Policy& policy);
std::string policy_text(const Policy& policy);

// SHA-256 of that text in hexadecimal digits: what sha256sum(1) says of --print-policy. The command
// is no part of it.
std::string policy_digest(const Policy& policy);

// The setting that asks for `place`, with its values: {"ro-bind": ["/a", "/b"]}.
oci::json::Object place_document(const Place& place);

}  // namespace tare::sandbox
