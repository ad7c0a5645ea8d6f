// Values in the text form of GVariant, which engines put into annotations. Pure.
#pragma once

#include <string_view>

#include "cgroups/dbus_value.h"

namespace tare::dbus {

// Booleans, numbers (int32 unless a type is given: "uint64 5", "byte 0x1", "@t 5"), texts in single
// or double quotes, arrays, tuples, variants and "@TYPE value". Throws for anything else, for
// numbers out of their range, and for what is nested deeper than 8.
Value parse_gvariant(std::string_view text);

}  // namespace tare::dbus
