// A line that is too long is returned once, cut, and its rest dropped.
#include "runtime/sandbox/line_reader.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace tare::sandbox {

void LineReader::fill() {
  std::array<char, 65536> buffer;
  ssize_t size = ::read(fd_, buffer.data(), buffer.size());
  if (size < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (size <= 0) {
    ended_ = true;
  } else {
    text_.append(buffer.data(), static_cast<size_t>(size));
  }
}

std::optional<std::string> LineReader::next() {
  size_t end = text_.find('\n');
  if (skipping_) {
    text_.erase(0, end == std::string::npos ? end : end + 1);
    skipping_ = end == std::string::npos;
    return skipping_ ? std::nullopt : next();
  }
  too_long_ = end == std::string::npos ? text_.size() > longest_ : end > longest_;
  bool whole = end != std::string::npos || (ended_ && !text_.empty());
  if (!whole && !too_long_) return std::nullopt;
  std::string line = text_.substr(0, std::min(end, longest_));
  skipping_ = too_long_ && end == std::string::npos;
  text_.erase(0, end == std::string::npos ? end : end + 1);
  return line;
}

}  // namespace tare::sandbox
