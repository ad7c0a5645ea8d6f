// JSON text to a small tree of values and back. The only other place that knows the JSON library is
// json.cc.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "oci/violation.h"

namespace tare::oci::json {

class Value;
struct Member;
using Array = std::vector<Value>;
using Object = std::vector<Member>;  // in the document's order

// A number that is no integer of 64 bits, as it stands in the document: "1.5", "1e3", "2e64".
struct OtherNumber {
  std::string text;
};

class Value {
 public:
  Value() = default;  // null
  explicit Value(bool value);
  template <std::signed_integral T>
  explicit Value(T value);
  template <std::unsigned_integral T>
  explicit Value(T value);
  explicit Value(OtherNumber value);
  explicit Value(std::string value);
  explicit Value(std::string_view value);
  explicit Value(const char* value);
  explicit Value(Array value);
  explicit Value(Object value);

  bool is_null() const { return data_.index() == 0; }
  // The content when it is a T (bool, int64_t, uint64_t, OtherNumber, std::string, Array, Object),
  // else nullptr. A parsed integer is an int64_t exactly when it has a minus sign.
  template <typename T>
  T* get() {
    return std::get_if<T>(&data_);
  }
  template <typename T>
  const T* get() const {
    return std::get_if<T>(&data_);
  }

 private:
  std::variant<std::monostate, bool, int64_t, uint64_t, OtherNumber, std::string, Array, Object>
      data_;
};

struct Member {
  std::string name;
  Value value;
};

// Out of the class because they need Member whole.
inline Value::Value(bool value) : data_(value) {}
template <std::signed_integral T>
Value::Value(T value) : data_(static_cast<int64_t>(value)) {}
template <std::unsigned_integral T>
Value::Value(T value) : data_(static_cast<uint64_t>(value)) {}
inline Value::Value(OtherNumber value) : data_(std::move(value)) {}
inline Value::Value(std::string value) : data_(std::move(value)) {}
inline Value::Value(std::string_view value) : data_(std::string(value)) {}
inline Value::Value(const char* value) : data_(std::string(value)) {}
inline Value::Value(Array value) : data_(std::move(value)) {}
inline Value::Value(Object value) : data_(std::move(value)) {}

// The array of what is in a range: texts, numbers.
template <typename Range>
Value list(const Range& items) {
  Array array;
  for (const auto& item : items) array.emplace_back(item);
  return Value(std::move(array));
}

// The value as an error message names it: `"64m"`, `1.5`, `null`, `an array`.
std::string describe(const Value& value);

// Whether `/* … */` and `// …` are blanks; RFC 8259 knows no comments.
enum class Comments { Refused, Allowed };

// Reads one document of at most 64 MiB, 64 levels and half a million values. Refused, each with its
// pointer: what is no JSON, a byte order mark, invalid UTF-8, a name twice in one object, U+0000 in
// a string. Nothing when there is no tree to go on with; a tree with violations is whole.
std::optional<Value> parse(std::string_view text, std::vector<Violation>& violations,
                           Comments comments = Comments::Refused);

// How JSON text is laid out: on one line, or indented by `width` times `fill`.
struct Layout {
  int width = -1;
  char fill = ' ';
};

// The text, without a trailing newline. Bytes that are no UTF-8 become U+FFFD.
std::string write(const Value& value, Layout layout = {});

}  // namespace tare::oci::json
