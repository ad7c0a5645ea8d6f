// What `run` and `restore` do with a container that they stay with.
#pragma once

#include <memory>

#include "runtime/cli/commands.h"
#include "runtime/container/create.h"
#include "runtime/container/supervise.h"

namespace tare::cli {

// Deletes the container when it goes out of scope, unless told to keep it.
class DeleteGuard {
 public:
  explicit DeleteGuard(Created& created) : created_(created) {}
  DeleteGuard(const DeleteGuard&) = delete;
  DeleteGuard& operator=(const DeleteGuard&) = delete;
  ~DeleteGuard();
  void keep() { armed_ = false; }
  void delete_now();

 private:
  Created& created_;
  bool armed_ = true;
};

// To be made before the container: from then on signals wait for it, which a caller may send as
// soon as it has the pid. Nothing with --detach.
std::unique_ptr<Supervisor> supervise(const CommandLine& line);

// Waits for the container's end, with its terminal and signals; its exit status.
int stay_with(Supervisor& supervisor, Created& created);

}  // namespace tare::cli
