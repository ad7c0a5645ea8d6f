// Namespaces that a child cannot enter by itself, because it is born into a user namespace that has
// no rights over them: we are in them while it is made.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/fd.h"

namespace tare::namespaces {

struct ForeignNamespace {
  Fd fd;
  int type = 0;  // CLONE_NEW*
  std::string path;
};

class Birthplace {
 public:
  // Enters them, in order.
  explicit Birthplace(const std::vector<ForeignNamespace>& wanted);
  Birthplace(const Birthplace&) = delete;
  Birthplace& operator=(const Birthplace&) = delete;
  // Goes back, or ends the process: nothing of ours may go on in a foreign namespace.
  ~Birthplace();

 private:
  std::vector<ForeignNamespace> home_;
};

}  // namespace tare::namespaces
