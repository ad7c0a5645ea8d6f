// The little text work the witness needs; it has no C library.
#pragma once

#include <fcntl.h>

#include "runtime/act/syscall.h"

namespace witness {

// Always ends with a null byte; what does not fit is cut off.
class Text {
 public:
  const char* data() const { return data_; }
  long size() const { return size_; }

  Text& add(const char* text) {
    while (*text != '\0' && size_ < kLargest) data_[size_++] = *text++;
    data_[size_] = '\0';
    return *this;
  }

  Text& number(long value) {
    char digits[24];
    char* at = digits + sizeof digits - 1;
    *at = '\0';
    do {
      *--at = static_cast<char>('0' + value % 10);
    } while ((value /= 10) != 0);
    return add(at);
  }

  Text& hex(unsigned long value) {
    char digits[24];
    char* at = digits + sizeof digits - 1;
    *at = '\0';
    do {
      *--at = "0123456789abcdef"[value % 16];
    } while ((value /= 16) != 0);
    return add(at);
  }

  // False if there is no such link.
  bool link_of(const char* path) {
    long length = tare::act::call(__NR_readlinkat, AT_FDCWD, path, data_, kLargest);
    size_ = length < 0 ? 0 : length;
    data_[size_] = '\0';
    return length >= 0;
  }

  bool begins(const char* prefix) const {
    const char* at = data_;
    while (*prefix != '\0') {
      if (*at++ != *prefix++) return false;
    }
    return true;
  }

 private:
  static constexpr long kLargest = 511;
  char data_[kLargest + 1];
  long size_ = 0;
};

// -1 if the text is no decimal number.
inline long number(const char* text) {
  long value = 0;
  if (*text == '\0') return -1;
  for (; *text != '\0'; ++text) {
    if (*text < '0' || *text > '9') return -1;
    value = value * 10 + (*text - '0');
  }
  return value;
}

// As many hexadecimal digits as there are.
inline unsigned long hex(const char* text) {
  unsigned long value = 0;
  for (;; ++text) {
    if (*text >= '0' && *text <= '9') {
      value = value * 16 + static_cast<unsigned long>(*text - '0');
    } else if (*text >= 'a' && *text <= 'f') {
      value = value * 16 + static_cast<unsigned long>(*text - 'a' + 10);
    } else {
      return value;
    }
  }
}

// The number that follows `label` in a file of less than 4 KiB.
inline bool hex_after(const char* path, const char* label, unsigned long& value) {
  static char content[4096];
  long fd = tare::act::call(__NR_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  long size = tare::act::call(__NR_read, fd, content, sizeof content - 1);
  tare::act::call(__NR_close, fd);
  if (size <= 0) return false;
  content[size] = '\0';
  for (const char* at = content; *at != '\0'; ++at) {
    const char* here = at;
    const char* wanted = label;
    while (*wanted != '\0' && *here == *wanted) ++here, ++wanted;
    if (*wanted == '\0') {
      value = hex(here);
      return true;
    }
  }
  return false;
}

}  // namespace witness
