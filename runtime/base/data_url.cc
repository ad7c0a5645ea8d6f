#include "runtime/base/data_url.h"

#include <algorithm>
#include <cstdint>

namespace tare {
namespace {

constexpr std::string_view kPlain = "data:,";
constexpr std::string_view kBase64 = "data:;base64,";
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_plain(unsigned char byte) {
  return (byte >= ' ' && byte < 0x7f) || byte == '\n' || byte == '\t';
}

std::string encode(std::string_view bytes) {
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    size_t count = std::min<size_t>(3, bytes.size() - i);
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8U | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (size_t k = 0; k < 4; ++k) {
      text += k > count ? '=' : kDigits[group >> (18 - 6 * k) & 63U];
    }
  }
  return text;
}

std::optional<std::string> decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6U | static_cast<uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xffU);
  }
  return bytes;
}

}  // namespace

std::string data_url(std::string_view bytes) {
  bool plain = std::all_of(bytes.begin(), bytes.end(),
                           [](char c) { return is_plain(static_cast<unsigned char>(c)); });
  return plain ? std::string(kPlain).append(bytes) : std::string(kBase64) + encode(bytes);
}

std::optional<std::string> read_data_url(std::string_view text) {
  if (text.starts_with(kPlain)) return std::string(text.substr(kPlain.size()));
  if (text.starts_with(kBase64)) return decode(text.substr(kBase64.size()));
  return std::nullopt;
}

}  // namespace tare
