// The file of --pid-file.
#pragma once

#include <sys/types.h>

#include <string>

namespace tare {

// Made whole under its name, in the place of what was there; removed again unless kept. Nothing for
// an empty path. Decimal number, no newline: engines read it strictly.
class PidFile {
 public:
  PidFile(std::string path, pid_t pid);
  PidFile(const PidFile&) = delete;
  PidFile& operator=(const PidFile&) = delete;
  ~PidFile();
  void keep() { path_.clear(); }

 private:
  std::string path_;  // absolute
};

}  // namespace tare
