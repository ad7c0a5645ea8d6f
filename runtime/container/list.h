// All containers of a store.
#pragma once

#include <vector>

#include "oci/state.h"
#include "runtime/container/store.h"

namespace tare {

// Their states, sorted by id, with the owner: the user name of the folder's uid, or "#uid". What is
// being created or deleted just now and has no record is left out; an entry that cannot be read is
// a warning.
std::vector<oci::State> list(const Store& store);

}  // namespace tare
