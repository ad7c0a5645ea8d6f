// One command for several containers: those whose ids match a pattern.
#pragma once

#include <functional>
#include <string>

#include "runtime/container/store.h"

namespace tare {

// Calls `act` for each container of `store`, in the order of their ids, whose id contains a match
// of the POSIX extended regular expression `pattern` (regex(7)). What it throws for one does not
// keep it from the others; at the end one Error tells of all of them. That none matches is no
// error. Throws at once for a pattern that is none.
void for_each_matching(const Store& store, const std::string& pattern,
                       const std::function<void(const std::string& id)>& act);

}  // namespace tare
