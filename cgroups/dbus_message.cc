// The header is itself a few D-Bus values: "yyyyuua(yv)", padded to 8. Fields that are unknown are
// skipped, as the specification wants it; those that are known must have their type.
#include "cgroups/dbus_message.h"

#include "runtime/base/error.h"

namespace tare::dbus {
namespace {

constexpr char kLittleEndian = 'l';
constexpr uint64_t kVersion = 1;

enum Field : uint8_t {
  Path = 1,
  Interface = 2,
  Member = 3,
  ErrorName = 4,
  ReplySerial = 5,
  Destination = 6,
  Sender = 7,
  Signature = 8,
};

Value field(Field code, char type, const std::string& content) {
  return structure({number('y', code), variant({std::string(1, type), content})});
}

size_t padded(size_t size) {
  return (size + 7) / 8 * 8;
}

void set(std::string& member, const Value& value, char type) {
  if (value.signature != std::string(1, type)) {
    throw Error("not a valid D-Bus message: a field of its header has another type");
  }
  member = value.text();
}

void take_field(Message& message, uint64_t code, const Value& value) {
  switch (code) {
    case Path:
      return set(message.path, value, 'o');
    case Interface:
      return set(message.interface, value, 's');
    case Member:
      return set(message.member, value, 's');
    case ErrorName:
      return set(message.error, value, 's');
    case Destination:
      return set(message.destination, value, 's');
    case Sender:
      return set(message.sender, value, 's');
    case Signature:
      return set(message.signature, value, 'g');
    case ReplySerial:
      message.reply_serial = static_cast<uint32_t>(value.number());
      return;
    default:
      return;
  }
}

}  // namespace

std::string encode(const Message& message, const Values& arguments) {
  std::string body;
  for (const Value& argument : arguments) encode(argument, body);
  Values fields;
  auto add = [&fields](Field code, char type, const std::string& content) {
    if (!content.empty()) fields.push_back(field(code, type, content));
  };
  add(Path, 'o', message.path);
  add(Interface, 's', message.interface);
  add(Member, 's', message.member);
  add(ErrorName, 's', message.error);
  add(Destination, 's', message.destination);
  add(Signature, 'g', signature_of(arguments));
  if (message.reply_serial != 0) {
    fields.push_back(
        structure({number('y', ReplySerial), variant(number('u', message.reply_serial))}));
  }
  std::string out;
  Values header = {number('y', kLittleEndian),
                   number('y', static_cast<uint64_t>(message.type)),
                   number('y', 0),
                   number('y', kVersion),
                   number('u', body.size()),
                   number('u', message.serial),
                   array("(yv)", std::move(fields))};
  for (const Value& value : header) encode(value, out);
  out.resize(padded(out.size()), '\0');
  return out + body;
}

size_t message_length(std::string_view begin) {
  Values header = Reader(begin.substr(0, kFixedHeader)).read_all("yyyyuuu");
  if (header[0].number() != kLittleEndian || header[3].number() != kVersion) {
    throw Error("not a valid D-Bus message: another protocol or byte order");
  }
  size_t length = padded(kFixedHeader + header[6].number()) + header[4].number();
  if (length > kLongestMessage) throw Error("a D-Bus message is too long");
  return length;
}

Message decode(std::string_view message) {
  size_t length = message_length(message);
  Reader reader(message);
  Message out;
  auto type = [&reader](std::string_view signature) { return reader.read(signature).number(); };
  type("y");
  uint64_t kind = type("y");
  if (kind < 1 || kind > 4) throw Error("not a valid D-Bus message: it is of no known type");
  out.type = static_cast<MessageType>(kind);
  type("y");
  type("y");
  size_t body = type("u");
  out.serial = static_cast<uint32_t>(type("u"));
  for (const Value& field : reader.read("a(yv)").members()) {
    take_field(out, field.members().at(0).number(), field.members().at(1).members().at(0));
  }
  reader.align(8);
  if (message.size() != length || reader.position() + body != length) {
    throw Error("not a valid D-Bus message: its lengths contradict each other");
  }
  out.body = message.substr(reader.position());
  return out;
}

}  // namespace tare::dbus
