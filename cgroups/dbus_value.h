// D-Bus values and their wire form (D-Bus specification, "Type System" and "Marshaling"). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tare::dbus {

// One value of any type. Numbers of every kind (y b n q i u x t h, and d by its bits) are in a
// uint64_t, texts (s o g) in a string, and what has members (arrays, structs, dict entries, the one
// in a variant) in a vector.
struct Value {
  std::string signature;  // one complete type
  std::variant<uint64_t, std::string, std::vector<Value>> content;

  // What it holds; throws where it holds something else, for values that another process sent.
  uint64_t number() const;
  const std::string& text() const;
  const std::vector<Value>& members() const&;
  std::vector<Value> members() &&;  // a loop may run over those of a temporary

  bool operator==(const Value&) const = default;
};

using Values = std::vector<Value>;

Value boolean(bool value);
Value number(char type, uint64_t value);  // signed ones in two's complement
Value text(std::string value);            // s
Value object_path(std::string value);     // o
Value array(const std::string& element, Values members);
Value structure(Values members);
Value variant(Value value);
Value strings(const std::vector<std::string>& texts);  // as
Value bytes(const std::vector<uint8_t>& values);       // ay

// Length of the first complete type of a signature; throws for one that is not valid.
size_t complete_type(std::string_view signature);

// The types of `values`, one after the other.
std::string signature_of(const Values& values);

// Appends `value` at its alignment, counted from the beginning of `out`. Little endian.
void encode(const Value& value, std::string& out);

// Reads values off bytes that somebody else wrote: whatever is not exactly as the specification
// says (lengths, padding, nesting, terminators) is an Error.
class Reader {
 public:
  // `block` begins at an alignment of 8.
  explicit Reader(std::string_view block) : block_(block) {}

  Values read_all(std::string_view signature);  // and nothing may be left
  Value read(std::string_view type) { return read(type, 0); }
  void align(size_t boundary);
  size_t position() const { return position_; }

 private:
  Value read(std::string_view type, int depth);
  Values read_array(std::string_view element, int depth);
  std::string read_text(size_t length);
  uint64_t read_number(size_t size);

  std::string_view block_;
  size_t position_ = 0;
};

}  // namespace tare::dbus
