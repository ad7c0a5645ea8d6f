// The wire format of Protocol Buffers, as far as criu's messages use it: variable-length integers
// and byte strings. What a message means is in criu_message.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tare::protobuf {

// Builds one message, field by field.
class Encoder {
 public:
  void number(uint32_t field, uint64_t value);
  void integer(uint32_t field, int64_t value);  // int32 and enum; ten bytes when negative
  void flag(uint32_t field, bool value);
  void text(uint32_t field, std::string_view value);
  void message(uint32_t field, const Encoder& value);

  const std::string& bytes() const { return bytes_; }

 private:
  void varint(uint64_t value);
  void tag(uint32_t field, uint32_t wire_type);

  std::string bytes_;
};

// One field of a message.
struct Field {
  uint32_t number = 0;
  enum class Kind { Number, Bytes, Fixed } kind = Kind::Number;
  uint64_t value = 0;
  std::string_view bytes;  // a view into the message

  // The content as the type the schema says it has; throw when the message has another.
  bool flag() const;
  int32_t integer() const;
  std::string_view text() const;
};

// Reads one message. Throws an Error for whatever is no message: a length that reaches beyond its
// end, a number of more than 64 bits, a wire type that does not exist.
class Decoder {
 public:
  explicit Decoder(std::string_view message) : rest_(message) {}
  std::optional<Field> next();  // nothing at the end

 private:
  uint64_t varint();
  std::string_view take(uint64_t length);

  std::string_view rest_;
};

}  // namespace tare::protobuf
