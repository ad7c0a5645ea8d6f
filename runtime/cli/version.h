// Which tare this is.
#pragma once

namespace tare::cli {

const char* version();
const char* commit();  // of the source tree; empty when it was not a git checkout

}  // namespace tare::cli
