// Trying something in a child that exists for nothing else.
#pragma once

#include <functional>

namespace tare::check {

// What `attempt` returns (0, or an errno), run in a child that shares nothing with us and is gone
// afterwards. ENOSYS when it was killed: that is how a filter may answer an unknown call.
int attempt_in_child(const std::function<int()>& attempt);

}  // namespace tare::check
