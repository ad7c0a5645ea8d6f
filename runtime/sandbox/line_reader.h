// Lines that come over a descriptor, as they come.
#pragma once

#include <optional>
#include <string>

namespace tare::sandbox {

class LineReader {
 public:
  // Borrows `fd`, which is never made non-blocking; `longest` bytes is what one line may have.
  LineReader(int fd, size_t longest) : fd_(fd), longest_(longest) {}

  int fd() const { return fd_; }
  // One read, which does not wait when poll(2) says so.
  void fill();
  // The next whole line, without its end; of one that is too long the beginning. The last needs no
  // end.
  std::optional<std::string> next();
  bool ended() const { return ended_; }        // nothing more will come; there may be lines left
  bool too_long() const { return too_long_; }  // the line that was last returned

 private:
  int fd_;
  size_t longest_;
  std::string text_;
  bool ended_ = false;
  bool skipping_ = false;  // the rest of one that was too long
  bool too_long_ = false;
};

}  // namespace tare::sandbox
