// Every type has an alignment, and values follow each other at theirs. An array begins with the
// length of its elements in bytes, which does not count the padding before the first; a variant
// carries the signature of what it holds. Limits are those of the specification: signatures of 255
// bytes, 64 levels of nesting.
#include "cgroups/dbus_value.h"

#include <utility>

#include "runtime/base/error.h"
#include "runtime/base/strings.h"

namespace tare::dbus {
namespace {

constexpr int kDeepest = 64;
constexpr size_t kLongestSignature = 255;

[[noreturn]] void refuse(const std::string& what) {
  throw Error("not a valid D-Bus message: " + what);
}

// 0: no number.
size_t number_size(char type) {
  switch (type) {
    case 'y':
      return 1;
    case 'n':
    case 'q':
      return 2;
    case 'b':
    case 'i':
    case 'u':
    case 'h':
      return 4;
    case 'x':
    case 't':
    case 'd':
      return 8;
    default:
      return 0;
  }
}

size_t alignment(char type) {
  if (size_t size = number_size(type)) return size;
  if (type == 'g' || type == 'v') return 1;
  return type == '(' || type == '{' ? 8 : 4;
}

bool is_text(char type) {
  return type == 's' || type == 'o' || type == 'g';
}

void pad(std::string& out, size_t boundary) {
  while (out.size() % boundary != 0) out.push_back('\0');
}

void put(std::string& out, uint64_t number, size_t size) {
  for (size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(number >> (8 * i)));
}

size_t type_length(std::string_view signature, int depth);

// Of the members between the brackets, and both of these.
size_t bracketed_length(std::string_view signature, int depth) {
  char closing = signature.front() == '(' ? ')' : '}';
  size_t length = 1;
  size_t members = 0;
  while (length < signature.size() && signature[length] != closing) {
    length += type_length(signature.substr(length), depth + 1);
    ++members;
  }
  bool dictionary = closing == '}';
  if (length >= signature.size() || members == 0 || (dictionary && members != 2)) {
    refuse("signature " + quote(signature));
  }
  return length + 1;
}

size_t type_length(std::string_view signature, int depth) {
  if (signature.empty() || depth > kDeepest) refuse("signature " + quote(signature));
  char type = signature.front();
  if (number_size(type) != 0 || is_text(type) || type == 'v') return 1;
  if (type == 'a') return 1 + type_length(signature.substr(1), depth + 1);
  if (type == '(' || type == '{') return bracketed_length(signature, depth);
  refuse("signature " + quote(signature));
}

}  // namespace

uint64_t Value::number() const {
  const auto* value = std::get_if<uint64_t>(&content);
  if (value == nullptr) refuse("expected a number, got type " + quote(signature));
  return *value;
}

const std::string& Value::text() const {
  const auto* value = std::get_if<std::string>(&content);
  if (value == nullptr) refuse("expected a text, got type " + quote(signature));
  return *value;
}

const std::vector<Value>& Value::members() const& {
  const auto* value = std::get_if<std::vector<Value>>(&content);
  if (value == nullptr) refuse("expected a container, got type " + quote(signature));
  return *value;
}

std::vector<Value> Value::members() && {
  return std::as_const(*this).members();
}

Value boolean(bool value) {
  return number('b', value ? 1 : 0);
}

Value number(char type, uint64_t value) {
  return {std::string(1, type), value};
}

Value text(std::string value) {
  return {"s", std::move(value)};
}

Value object_path(std::string value) {
  return {"o", std::move(value)};
}

Value array(const std::string& element, Values members) {
  return {"a" + element, std::move(members)};
}

Value structure(Values members) {
  std::string signature = "(" + signature_of(members) + ")";
  return {std::move(signature), std::move(members)};
}

Value variant(Value value) {
  return {"v", Values{std::move(value)}};
}

Value strings(const std::vector<std::string>& texts) {
  Values members;
  for (const std::string& each : texts) members.push_back(text(each));
  return array("s", std::move(members));
}

Value bytes(const std::vector<uint8_t>& values) {
  Values members;
  for (uint8_t each : values) members.push_back(number('y', each));
  return array("y", std::move(members));
}

size_t complete_type(std::string_view signature) {
  if (signature.size() > kLongestSignature) refuse("signature is too long");
  return type_length(signature, 0);
}

std::string signature_of(const Values& values) {
  std::string signature;
  for (const Value& value : values) signature += value.signature;
  return signature;
}

void encode(const Value& value, std::string& out) {
  char type = value.signature.front();
  pad(out, alignment(type));
  if (size_t size = number_size(type)) return put(out, value.number(), size);
  if (is_text(type)) {
    put(out, value.text().size(), type == 'g' ? 1 : 4);
    out.append(value.text()).push_back('\0');
    return;
  }
  if (type == 'v') {
    const Value& inner = value.members().at(0);
    put(out, inner.signature.size(), 1);
    out.append(inner.signature).push_back('\0');
    return encode(inner, out);
  }
  if (type != 'a') {
    for (const Value& member : value.members()) encode(member, out);
    return;
  }
  put(out, 0, 4);
  size_t length_at = out.size() - 4;
  pad(out, alignment(value.signature[1]));
  size_t begin = out.size();
  for (const Value& member : value.members()) encode(member, out);
  std::string length;
  put(length, out.size() - begin, 4);
  out.replace(length_at, 4, length);
}

void Reader::align(size_t boundary) {
  while (position_ % boundary != 0) {
    if (position_ >= block_.size()) refuse("it is cut short");
    if (block_[position_++] != '\0') refuse("padding is not zero");
  }
}

uint64_t Reader::read_number(size_t size) {
  align(size);
  if (block_.size() - position_ < size) refuse("it is cut short");
  uint64_t number = 0;
  for (size_t i = 0; i < size; ++i) {
    number |= static_cast<uint64_t>(static_cast<unsigned char>(block_[position_ + i])) << (8 * i);
  }
  position_ += size;
  return number;
}

std::string Reader::read_text(size_t length) {
  if (block_.size() - position_ <= length) refuse("it is cut short");
  std::string_view text = block_.substr(position_, length);
  if (block_[position_ + length] != '\0' || text.find('\0') != std::string_view::npos) {
    refuse("a text is not terminated by its only NUL");
  }
  position_ += length + 1;
  return std::string(text);
}

Values Reader::read_array(std::string_view element, int depth) {
  size_t length = read_number(4);
  align(alignment(element.front()));
  if (block_.size() - position_ < length) refuse("it is cut short");
  size_t end = position_ + length;
  Values members;
  while (position_ < end) members.push_back(read(element, depth + 1));
  if (position_ != end) refuse("an array ends inside of an element");
  return members;
}

Value Reader::read(std::string_view type, int depth) {
  if (depth > kDeepest) refuse("nested too deep");
  char kind = type.front();
  std::string signature(type);
  if (size_t size = number_size(kind)) {
    uint64_t number = read_number(size);
    if (kind == 'b' && number > 1) refuse("a boolean is neither true nor false");
    return {std::move(signature), number};
  }
  if (is_text(kind)) return {std::move(signature), read_text(read_number(kind == 'g' ? 1 : 4))};
  if (kind == 'a') return {std::move(signature), read_array(type.substr(1), depth)};
  if (kind == 'v') {
    std::string inner = read_text(read_number(1));
    if (complete_type(inner) != inner.size()) refuse("a variant does not have one type");
    return {std::move(signature), Values{read(inner, depth + 1)}};
  }
  align(8);
  Values members;
  for (std::string_view rest = type.substr(1, type.size() - 2); !rest.empty();) {
    size_t length = complete_type(rest);
    members.push_back(read(rest.substr(0, length), depth + 1));
    rest.remove_prefix(length);
  }
  return {std::move(signature), std::move(members)};
}

Values Reader::read_all(std::string_view signature) {
  Values values;
  while (!signature.empty()) {
    size_t length = complete_type(signature);
    values.push_back(read(signature.substr(0, length), 0));
    signature.remove_prefix(length);
  }
  if (position_ != block_.size()) refuse("more than its signature says");
  return values;
}

}  // namespace tare::dbus
