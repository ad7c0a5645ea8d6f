// Writing a container to images.
#pragma once

#include <string>

#include "runtime/base/fd.h"
#include "runtime/checkpoint/settings.h"
#include "runtime/container/store.h"

namespace tare {

struct CheckpointRequest {
  CriuSettings criu;
  std::string parent_path;  // images of an earlier pre-dump, relative to the images; empty: none
  std::string page_server_address;  // empty: pages go to the images
  int page_server_port = 0;
  int status_fd = -1;  // gets a zero byte when pages are served (lazy_pages); -1: none
  bool leave_running = false;
  bool pre_dump = false;  // memory alone; implies leave_running
  bool link_remap = false;
  bool tcp_skip_in_flight = false;
};

// Dumps the running or paused container in `directory`, which is locked, and destroys it unless it
// is to go on. Throws "Container cannot be checkpointed in created state", and for a failure of
// criu's what its log says; the container runs on then.
void checkpoint(ContainerDirectory& directory, const CheckpointRequest& request);

}  // namespace tare
