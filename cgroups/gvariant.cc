// A descent through the text with the type that is wanted, if that is known: from a keyword, an
// "@TYPE", or the first element of an array, whose others have to agree. Dictionaries, maybes and
// byte strings are left out, because no property of a unit has them. (GLib manual, "GVariant Text
// Format".)
#include "cgroups/gvariant.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::dbus {
namespace {

constexpr int kDeepest = 8;

constexpr std::pair<std::string_view, char> kKeywords[] = {
    {"boolean", 'b'}, {"byte", 'y'},       {"int16", 'n'},     {"uint16", 'q'}, {"int32", 'i'},
    {"uint32", 'u'},  {"int64", 'x'},      {"uint64", 't'},    {"handle", 'h'}, {"double", 'd'},
    {"string", 's'},  {"objectpath", 'o'}, {"signature", 'g'},
};

struct Range {
  char type;
  int64_t lowest;
  uint64_t highest;
};

constexpr Range kRanges[] = {
    {'y', 0, UINT8_MAX},         {'n', INT16_MIN, INT16_MAX}, {'q', 0, UINT16_MAX},
    {'i', INT32_MIN, INT32_MAX}, {'u', 0, UINT32_MAX},        {'h', INT32_MIN, INT32_MAX},
    {'x', INT64_MIN, INT64_MAX}, {'t', 0, UINT64_MAX},
};

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '+';
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), rest_(text) {}

  Value parse() {
    Value value = read("", 0);
    skip_blanks();
    if (!rest_.empty()) refuse();
    return value;
  }

 private:
  [[noreturn]] void refuse() const { throw Error("not a value: " + quote(text_)); }

  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t'))
      rest_.remove_prefix(1);
  }

  bool take(char c) {
    skip_blanks();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view word() {
    auto end = std::find_if_not(rest_.begin(), rest_.end(), is_word_byte);
    std::string_view word = rest_.substr(0, static_cast<size_t>(end - rest_.begin()));
    rest_.remove_prefix(word.size());
    return word;
  }

  // `type` is empty where any will do.
  Value read(std::string_view type, int depth) {
    if (depth > kDeepest) refuse();
    if (take('@')) return read_typed(type, depth);
    if (take('[')) return read_array(type, depth);
    if (take('(')) return read_tuple(type, depth);
    if (take('<')) return read_variant(type, depth);
    if (take('\'')) return read_text(type, '\'');
    if (take('"')) return read_text(type, '"');
    std::string_view name = word();
    if (name == "true" || name == "false") {
      require(type, "b");
      return boolean(name == "true");
    }
    for (const auto& [keyword, of] : kKeywords) {
      if (name != keyword) continue;
      std::string wanted(1, of);
      require(type, wanted);
      return read(wanted, depth + 1);
    }
    return read_number(name, type);
  }

  void require(std::string_view wanted, std::string_view got) const {
    if (!wanted.empty() && wanted != got) refuse();
  }

  Value read_typed(std::string_view type, int depth) {
    size_t length = std::min(rest_.find(' '), rest_.size());
    std::string own(rest_.substr(0, length));
    if (complete_type(own) != own.size()) refuse();
    require(type, own);
    rest_.remove_prefix(length);
    return read(own, depth + 1);
  }

  Value read_array(std::string_view type, int depth) {
    if (!type.empty() && type.front() != 'a') refuse();
    std::string element(type.empty() ? "" : type.substr(1));
    Values members;
    for (bool first = true; !take(']'); first = false) {
      if (!first && !take(',')) refuse();
      members.push_back(read(element, depth + 1));
      element = members.back().signature;
    }
    if (element.empty()) refuse();
    return array(element, std::move(members));
  }

  Value read_tuple(std::string_view type, int depth) {
    std::string_view left = type.empty() ? type : type.substr(1);
    Values members;
    for (bool first = true; !take(')'); first = false) {
      if (!first && !take(',')) refuse();
      if (!first && take(')')) break;
      std::string_view wanted;
      if (!type.empty()) {
        if (type.front() != '(' || left.starts_with(')')) refuse();
        wanted = left.substr(0, complete_type(left));
        left.remove_prefix(wanted.size());
      }
      members.push_back(read(wanted, depth + 1));
    }
    if (members.empty()) refuse();
    Value tuple = structure(std::move(members));
    require(type, tuple.signature);
    return tuple;
  }

  Value read_variant(std::string_view type, int depth) {
    require(type, "v");
    Value inner = read("", depth + 1);
    if (!take('>')) refuse();
    return variant(std::move(inner));
  }

  Value read_text(std::string_view type, char closing) {
    if (!type.empty() && type != "s" && type != "o" && type != "g") refuse();
    std::string out;
    for (;;) {
      if (rest_.empty()) refuse();
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == closing) break;
      if (c == '\\') c = read_escape();
      if (c == '\0') refuse();
      out.push_back(c);
    }
    return {type.empty() ? "s" : std::string(type), std::move(out)};
  }

  char read_escape() {
    constexpr std::pair<char, char> kEscapes[] = {{'n', '\n'},  {'t', '\t'},  {'r', '\r'},
                                                  {'\\', '\\'}, {'\'', '\''}, {'"', '"'}};
    for (const auto& [letter, meaning] : kEscapes) {
      if (!rest_.starts_with(letter)) continue;
      rest_.remove_prefix(1);
      return meaning;
    }
    refuse();
  }

  Value read_number(std::string_view digits, std::string_view type) const {
    bool fraction = digits.find('.') != std::string_view::npos;
    if (type == "d" || (type.empty() && fraction)) return read_double(digits);
    char wanted = type.empty() ? 'i' : type.front();
    bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    bool hexadecimal = digits.starts_with("0x") || digits.starts_with("0X");
    if (hexadecimal) digits.remove_prefix(2);
    uint64_t number = 0;
    const char* last = digits.data() + digits.size();
    auto [end, error] = std::from_chars(digits.data(), last, number, hexadecimal ? 16 : 10);
    if (digits.empty() || error != std::errc() || end != last) refuse();
    for (const Range& range : kRanges) {
      if (range.type != wanted || type.size() > 1) continue;
      uint64_t most = negative ? uint64_t{0} - static_cast<uint64_t>(range.lowest) : range.highest;
      if (number > most) refuse();
      return dbus::number(wanted, negative ? uint64_t{0} - number : number);
    }
    refuse();
  }

  Value read_double(std::string_view digits) const {
    double value = 0;
    const char* last = digits.data() + digits.size();
    auto [end, error] = std::from_chars(digits.data(), last, value);
    if (digits.empty() || error != std::errc() || end != last) refuse();
    return dbus::number('d', std::bit_cast<uint64_t>(value));
  }

  std::string_view text_;
  std::string_view rest_;
};

}  // namespace

Value parse_gvariant(std::string_view text) {
  return Parser(text).parse();
}

}  // namespace tare::dbus
