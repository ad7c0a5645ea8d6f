// Texts for violations. A hostile document can hold a million of them; one message must still fit
// on a screen and in a log entry, so the tail is only counted.
#include "oci/violation.h"

#include "runtime/base/strings.h"

namespace tare::oci {
namespace {

constexpr size_t kMaxDescribed = 20;
constexpr size_t kMaxLength = 400;  // bytes of one pointer or text

// At most kMaxLength bytes, never half a character.
std::string shortened(const std::string& text) {
  if (text.size() <= kMaxLength) return text;
  size_t end = kMaxLength;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

// Member names are the document's: control bytes in them must not reach a terminal.
std::string printable(const std::string& pointer) {
  std::string quoted = quote(pointer);
  return quoted.size() == pointer.size() + 2 ? pointer : quoted;
}

}  // namespace

std::string describe(std::string_view document, const std::vector<Violation>& violations) {
  std::string text;
  for (size_t i = 0; i < violations.size() && i < kMaxDescribed; ++i) {
    if (i > 0) text += "; ";
    text.append(document).append(": ");
    if (!violations[i].pointer.empty()) text += printable(shortened(violations[i].pointer)) + ": ";
    text += shortened(violations[i].text);
  }
  if (violations.size() > kMaxDescribed) {
    text += "; and " + std::to_string(violations.size() - kMaxDescribed) + " more";
  }
  return text;
}

void append_to_pointer(std::string& pointer, std::string_view part) {
  pointer += '/';
  for (char c : part) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

}  // namespace tare::oci
