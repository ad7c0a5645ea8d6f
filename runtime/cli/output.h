// Standard output, which carries results and nothing else.
#pragma once

#include <string_view>

namespace tare::cli {

// Writes all of it now; a full disk or a closed pipe is an Error.
void print(std::string_view text);

}  // namespace tare::cli
