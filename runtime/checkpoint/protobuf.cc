// A field is a tag (its number and a wire type) and a value. Fields come in any order, unknown ones
// are passed over, and of a repeated one that should be single the last counts
// (https://protobuf.dev/programming-guides/encoding). What is read here comes from another program
// and may be anything.
#include "runtime/checkpoint/protobuf.h"

#include <limits>

#include "runtime/base/error.h"

namespace tare::protobuf {
namespace {

enum WireType : uint32_t { kVarint = 0, kFixed64 = 1, kLengthDelimited = 2, kFixed32 = 5 };

constexpr unsigned kTypeBits = 3;
constexpr uint32_t kTypeMask = 7;
constexpr unsigned kGroupBits = 7;
constexpr unsigned kGroupMask = 0x7f;
constexpr unsigned kContinued = 0x80;
constexpr uint64_t kMaxField = (1U << 29) - 1;

[[noreturn]] void refuse(const char* what) {
  throw Error(std::string("malformed protobuf message: ") + what);
}

}  // namespace

void Encoder::varint(uint64_t value) {
  while (value > kGroupMask) {
    bytes_.push_back(static_cast<char>((value & kGroupMask) | kContinued));
    value >>= kGroupBits;
  }
  bytes_.push_back(static_cast<char>(value));
}

void Encoder::tag(uint32_t field, uint32_t wire_type) {
  varint(uint64_t{field} << kTypeBits | wire_type);
}

void Encoder::number(uint32_t field, uint64_t value) {
  tag(field, kVarint);
  varint(value);
}

void Encoder::integer(uint32_t field, int64_t value) {
  number(field, static_cast<uint64_t>(value));
}

void Encoder::flag(uint32_t field, bool value) {
  number(field, value ? 1 : 0);
}

void Encoder::text(uint32_t field, std::string_view value) {
  tag(field, kLengthDelimited);
  varint(value.size());
  bytes_.append(value);
}

void Encoder::message(uint32_t field, const Encoder& value) {
  text(field, value.bytes());
}

uint64_t Decoder::varint() {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += kGroupBits) {
    if (rest_.empty()) refuse("it ends within a number");
    auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    uint64_t group = byte & kGroupMask;
    if (group << shift >> shift != group) refuse("a number of more than 64 bits");
    value |= group << shift;
    if ((byte & kContinued) == 0) return value;
  }
  refuse("a number of more than 64 bits");
}

std::string_view Decoder::take(uint64_t length) {
  if (length > rest_.size()) refuse("a field reaches beyond its end");
  std::string_view taken = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return taken;
}

std::optional<Field> Decoder::next() {
  if (rest_.empty()) return std::nullopt;
  uint64_t tag = varint();
  uint64_t number = tag >> kTypeBits;
  if (number == 0 || number > kMaxField) refuse("a field number out of range");
  Field field;
  field.number = static_cast<uint32_t>(number);
  switch (tag & kTypeMask) {
    case kVarint:
      field.value = varint();
      return field;
    case kLengthDelimited:
      field.kind = Field::Kind::Bytes;
      field.bytes = take(varint());
      return field;
    case kFixed64:
      field.kind = Field::Kind::Fixed;
      field.bytes = take(sizeof(uint64_t));
      return field;
    case kFixed32:
      field.kind = Field::Kind::Fixed;
      field.bytes = take(sizeof(uint32_t));
      return field;
    default:
      refuse("an unknown wire type");
  }
}

bool Field::flag() const {
  if (kind != Kind::Number || value > 1) refuse("a field is no boolean");
  return value == 1;
}

int32_t Field::integer() const {
  auto number_64 = static_cast<int64_t>(value);
  bool fits = number_64 >= std::numeric_limits<int32_t>::min() &&
              number_64 <= std::numeric_limits<int32_t>::max();
  if (kind != Kind::Number || !fits) refuse("a field is no 32-bit integer");
  return static_cast<int32_t>(number_64);
}

std::string_view Field::text() const {
  if (kind != Kind::Bytes) refuse("a field is no text");
  return bytes;
}

}  // namespace tare::protobuf
