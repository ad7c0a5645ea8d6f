// The few string functions the acting side needs.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tare::act {

inline size_t length(const char* text) {
  size_t n = 0;
  while (text[n] != 0) ++n;
  return n;
}

inline bool equal(const char* a, const char* b) {
  while (*a != 0 && *a == *b) {
    ++a;
    ++b;
  }
  return *a == *b;
}

inline bool equal(const char* a, const char* b, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

inline bool starts_with(const char* text, const char* start) {
  while (*start != 0 && *text == *start) {
    ++text;
    ++start;
  }
  return *start == 0;
}

inline bool contains(const char* text, char wanted) {
  for (; *text != 0; ++text) {
    if (*text == wanted) return true;
  }
  return false;
}

inline void copy(void* to, const void* from, size_t size) {
  auto* target = static_cast<unsigned char*>(to);
  auto* source = static_cast<const unsigned char*>(from);
  for (size_t i = 0; i < size; ++i) target[i] = source[i];
}

// A text assembled in a fixed buffer; too much is cut and remembered.
template <size_t Size>
class Buffer {
 public:
  Buffer& add(const char* text) {
    while (*text != 0) add(*text++);
    return *this;
  }
  Buffer& add(char c) {
    if (used_ + 1 < Size) {
      text_[used_++] = c;
    } else {
      cut_ = true;
    }
    text_[used_] = 0;
    return *this;
  }
  Buffer& add_number(uint64_t number, unsigned base = 10) {
    char digits[24];
    size_t n = 0;
    do {
      digits[n++] = static_cast<char>('0' + number % base);
      number /= base;
    } while (number != 0);
    while (n > 0) add(digits[--n]);
    return *this;
  }
  const char* text() const { return text_; }
  bool cut() const { return cut_; }
  size_t size() const { return used_; }

 private:
  char text_[Size] = {};
  size_t used_ = 0;
  bool cut_ = false;
};

}  // namespace tare::act
