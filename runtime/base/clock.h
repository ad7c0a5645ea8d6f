// Wall-clock time as text.
#pragma once

#include <string>

namespace tare {

// RFC 3339 in UTC: "2026-01-02T03:04:05Z", with nanoseconds "2026-01-02T03:04:05.000000006Z".
std::string now_rfc3339();
std::string now_rfc3339_nanoseconds();

}  // namespace tare
