// One description serves programs (JSON) and people (this): names are those of the document, so
// that what somebody reads is what a script asks for.
#include "oci/plain_text.h"

#include <algorithm>

#include "runtime/base/strings.h"

namespace tare::oci::json {
namespace {

constexpr size_t kNesting = 2;

template <typename T, typename Render>
std::string joined(const T& items, const char* separator, Render render) {
  std::string text;
  for (const auto& item : items) {
    if (!text.empty()) text += separator;
    text += render(item);
  }
  return text;
}

}  // namespace

std::string printable(std::string_view text) {
  auto obeyed = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  bool plain = !text.empty() && std::none_of(text.begin(), text.end(), obeyed);
  return plain ? std::string(text) : quote(text);
}

std::string plain_text(const Value& value) {
  if (const auto* boolean = value.get<bool>()) return *boolean ? "yes" : "no";
  if (const auto* number = value.get<int64_t>()) return std::to_string(*number);
  if (const auto* number = value.get<uint64_t>()) return std::to_string(*number);
  if (const auto* number = value.get<OtherNumber>()) return number->text;
  if (const auto* text = value.get<std::string>()) return printable(*text);
  if (const auto* array = value.get<Array>()) {
    return array->empty() ? "none" : joined(*array, ", ", plain_text);
  }
  if (const auto* object = value.get<Object>()) {
    return joined(*object, "; ",
                  [](const Member& m) { return m.name + " " + plain_text(m.value); });
  }
  return "unknown";
}

std::string outline(const Object& object, size_t indent) {
  size_t width = 0;
  for (const Member& member : object) {
    if (member.value.get<Object>() == nullptr) width = std::max(width, member.name.size());
  }
  std::string text;
  for (const Member& member : object) {
    text.append(indent, ' ').append(member.name);
    if (const auto* inner = member.value.get<Object>()) {
      text += "\n" + outline(*inner, indent + kNesting);
    } else {
      text.append(width - member.name.size() + kNesting, ' ');
      text += plain_text(member.value) + "\n";
    }
  }
  return text;
}

}  // namespace tare::oci::json
