// The wire form of D-Bus: what we send, byte for byte, and what of others we take.
#include <gmock/gmock.h>

#include "cgroups/dbus_address.h"
#include "cgroups/dbus_message.h"
#include "cgroups/gvariant.h"
#include "runtime/base/error.h"

namespace tare::dbus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string wire(const Value& value) {
  std::string out;
  encode(value, out);
  return out;
}

template <size_t N>
std::string bytes_of(const char (&literal)[N]) {
  return {literal, N - 1};
}

template <typename Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.text();
  }
  return "no error";
}

TEST(DbusValue, IsWrittenAtItsAlignment) {
  EXPECT_EQ(wire(number('y', 7)), bytes_of("\7"));
  EXPECT_EQ(wire(boolean(true)), bytes_of("\1\0\0\0"));
  EXPECT_EQ(wire(number('t', 0x0102030405060708)), bytes_of("\x8\7\6\5\4\3\2\1"));
  EXPECT_EQ(wire(text("ab")), bytes_of("\2\0\0\0ab\0"));
  // The length of an array does not count the padding before its first element.
  EXPECT_EQ(wire(array("(st)", {structure({text("a"), number('t', 5)})})),
            bytes_of("\x10\0\0\0\0\0\0\0\1\0\0\0a\0\0\0\5\0\0\0\0\0\0\0"));
  EXPECT_EQ(wire(array("(st)", {})), bytes_of("\0\0\0\0\0\0\0\0"));
  EXPECT_EQ(wire(variant(number('u', 9))), bytes_of("\1u\0\0\x9\0\0\0"));
  EXPECT_EQ(wire(bytes({1, 2})), bytes_of("\2\0\0\0\1\2"));
}

TEST(DbusValue, ReadsBackAsItWas) {
  Value value =
      structure({strings({"a", ""}),
                 variant(array("(sv)", {structure({text("k"), variant(boolean(false))})})),
                 number('x', static_cast<uint64_t>(-5)), object_path("/a")});
  EXPECT_EQ(value.signature, "(asvxo)");
  EXPECT_THAT(Reader(wire(value)).read_all(value.signature), ElementsAre(value));
}

TEST(DbusValue, WhatIsNotWellFormedIsRefused) {
  auto refusal = [](const std::string& signature, const std::string& block) {
    return error_of([&] { Reader(block).read_all(signature); });
  };
  EXPECT_THAT(refusal("u", bytes_of("\1\0\0")), HasSubstr("cut short"));
  EXPECT_THAT(refusal("s", bytes_of("\xff\xff\xff\xff"
                                    "a\0")),
              HasSubstr("cut short"));
  EXPECT_THAT(refusal("s", bytes_of("\1\0\0\0ab")), HasSubstr("only NUL"));
  EXPECT_THAT(refusal("s", bytes_of("\2\0\0\0a\0\0")), HasSubstr("only NUL"));
  EXPECT_THAT(refusal("b", bytes_of("\2\0\0\0")), HasSubstr("boolean"));
  EXPECT_THAT(refusal("yu", bytes_of("\1\0\1\0\0\0\0\0")), HasSubstr("padding"));
  EXPECT_THAT(refusal("y", bytes_of("\1\1")), HasSubstr("more than"));
  EXPECT_THAT(refusal("au", bytes_of("\5\0\0\0\0\0\0\0\0\0\0\0")), HasSubstr("array ends"));
  EXPECT_THAT(refusal("au", bytes_of("\xff\xff\xff\x7f\0\0\0\0")), HasSubstr("cut short"));
  EXPECT_THAT(refusal("v", bytes_of("\2uu\0\0\0\0\0\0\0\0\0")), HasSubstr("one type"));
  for (const char* signature : {"(", "()", "a", "{s}", "z", "(u", "a{", ")"}) {
    EXPECT_THAT(error_of([&] { complete_type(signature); }), HasSubstr("signature")) << signature;
  }
  EXPECT_THAT(error_of([] { complete_type(std::string(200, 'a') + "u"); }), HasSubstr("signature"));
  EXPECT_THAT(error_of([] { complete_type(std::string(256, 'u')); }), HasSubstr("too long"));
}

TEST(DbusValue, VariantsMayNotBeNestedForEver) {
  std::string block;
  for (int i = 0; i < 100; ++i) block += bytes_of("\1v\0");
  EXPECT_THAT(error_of([&] { Reader(block).read("v"); }), HasSubstr("too deep"));
}

TEST(DbusValue, OfAnotherTypeIsAnError) {
  EXPECT_THAT(error_of([] { number('u', 1).text(); }), HasSubstr("expected a text"));
  EXPECT_THAT(error_of([] { text("").number(); }), HasSubstr("expected a number"));
  EXPECT_THAT(error_of([] { text("").members(); }), HasSubstr("expected a container"));
}

TEST(DbusMessage, CallIsWhatTheSpecificationSays) {
  Message call;
  call.serial = 1;
  call.path = "/p";
  call.member = "Hi";
  call.destination = "d.e";
  EXPECT_EQ(encode(call, {text("x")}), bytes_of("l\1\0\1\6\0\0\0\1\0\0\0\x37\0\0\0"
                                                "\1\1o\0\2\0\0\0/p\0\0\0\0\0\0"
                                                "\3\1s\0\2\0\0\0Hi\0\0\0\0\0\0"
                                                "\6\1s\0\3\0\0\0d.e\0\0\0\0\0"
                                                "\x8\1g\0\1s\0\0"
                                                "\1\0\0\0x\0"));
}

TEST(DbusMessage, ReadsBackAsItWas) {
  Message error;
  error.type = MessageType::Error;
  error.serial = 3;
  error.reply_serial = 2;
  error.error = "a.B";
  std::string wire = encode(error, {text("no")});
  EXPECT_EQ(message_length(wire), wire.size());
  Message read = decode(wire);
  EXPECT_EQ(read.type, MessageType::Error);
  EXPECT_EQ(read.reply_serial, 2U);
  EXPECT_EQ(read.error, "a.B");
  EXPECT_THAT(read.arguments(), ElementsAre(text("no")));
}

TEST(DbusMessage, HostileOnesAreRefused) {
  Message signal;
  signal.type = MessageType::Signal;
  signal.serial = 1;
  signal.path = "/p";
  const std::string good = encode(signal, {text("x")});
  auto changed = [&good](size_t at, char byte) {
    std::string wire = good;
    wire[at] = byte;
    return error_of([&wire] { decode(wire); });
  };
  EXPECT_THAT(changed(0, 'B'), HasSubstr("byte order"));
  EXPECT_THAT(changed(3, 2), HasSubstr("protocol"));
  EXPECT_THAT(changed(1, 0), HasSubstr("no known type"));
  EXPECT_THAT(changed(1, 5), HasSubstr("no known type"));
  EXPECT_THAT(changed(7, 1), HasSubstr("too long"));
  EXPECT_THAT(changed(15, 1), HasSubstr("too long"));
  EXPECT_THAT(changed(4, 5), HasSubstr("contradict"));
  EXPECT_THAT(changed(18, 's'), HasSubstr("another type"));
  // Every message cut short, and every byte of it changed: an Error or another message, no more.
  for (size_t at = 0; at < good.size(); ++at) {
    EXPECT_NE(error_of([&] { decode(good.substr(0, at)); }), "no error") << at;
    for (int byte = 0; byte < 256; ++byte) {
      std::string wire = good;
      wire[at] = static_cast<char>(byte);
      error_of([&wire] { decode(wire).arguments(); });
    }
  }
}

TEST(DbusAddress, SocketPathsAreTaken) {
  EXPECT_THAT(socket_paths("unix:path=/run/bus"), ElementsAre("/run/bus"));
  EXPECT_THAT(socket_paths("tcp:host=x;unix:guid=1,path=/a%20b,x=y;unix:path=/c"),
              ElementsAre("/a b", "/c"));
  EXPECT_THAT(socket_paths("unix:abstract=/tmp/x"), IsEmpty());
  for (const char* bad : {"", "unix:path=", "unix:path=rel", "unix:path=/%", "unix:path=/%2",
                          "unix:path=/%zz", "unix:path=/%00"}) {
    EXPECT_THAT(socket_paths(bad), IsEmpty()) << bad;
  }
}

TEST(GVariant, TextsEnginesSend) {
  EXPECT_EQ(parse_gvariant("uint64 10000000"), number('t', 10000000));
  EXPECT_EQ(parse_gvariant("true"), boolean(true));
  EXPECT_EQ(parse_gvariant("['crio.service']"), strings({"crio.service"}));
  EXPECT_EQ(parse_gvariant("'inactive-or-failed'"), text("inactive-or-failed"));
}

TEST(GVariant, ValuesOfEveryForm) {
  EXPECT_EQ(parse_gvariant("-5"), number('i', static_cast<uint64_t>(-5)));
  EXPECT_EQ(parse_gvariant("byte 0xfF"), number('y', 255));
  EXPECT_EQ(parse_gvariant("int64 -9223372036854775808"), number('x', uint64_t{1} << 63));
  EXPECT_EQ(parse_gvariant("@t 18446744073709551615"), number('t', UINT64_MAX));
  EXPECT_EQ(parse_gvariant("1.5"), number('d', 0x3ff8000000000000));
  EXPECT_EQ(parse_gvariant("@as []"), strings({}));
  EXPECT_EQ(parse_gvariant("objectpath '/a'"), object_path("/a"));
  EXPECT_EQ(parse_gvariant(R"("it's \"a\"\n")"), text("it's \"a\"\n"));
  EXPECT_EQ(parse_gvariant("[uint32 1, 2]"), array("u", {number('u', 1), number('u', 2)}));
  EXPECT_EQ(parse_gvariant("[('/dev/null', 'rwm')]"),
            array("(ss)", {structure({text("/dev/null"), text("rwm")})}));
  EXPECT_EQ(parse_gvariant("@a(st) [('/a', 5), ('/b', 6)]"),
            array("(st)", {structure({text("/a"), number('t', 5)}),
                           structure({text("/b"), number('t', 6)})}));
  EXPECT_EQ(parse_gvariant("<uint32 1>"), variant(number('u', 1)));
  EXPECT_EQ(parse_gvariant("(1,)"), structure({number('i', 1)}));
}

TEST(GVariant, WhatIsNoValueIsRefused) {
  for (const char* bad : {"",
                          "x",
                          "uint64",
                          "uint64 -1",
                          "uint64 18446744073709551616",
                          "2147483648",
                          "byte 256",
                          "'",
                          "'a",
                          "'a' 'b'",
                          "[",
                          "[]",
                          "[1 2]",
                          "[1, 'a']",
                          "[1, 2",
                          "()",
                          "(1",
                          "<1",
                          "@",
                          "@z 1",
                          "@tt 1",
                          "@as 'a'",
                          "@a(st) [('a', 5, 6)]",
                          "{'a': 1}",
                          "boolean 1",
                          "1.5.5",
                          "'\\q'",
                          "uint32 1.5",
                          "--5",
                          "true false",
                          "[[[[[[[[[[1]]]]]]]]]]"}) {
    EXPECT_NE(error_of([&] { parse_gvariant(bad); }), "no error") << bad;
  }
  EXPECT_THAT(error_of([] { parse_gvariant("a\nb"); }), HasSubstr(R"(not a value: "a\nb")"));
}

}  // namespace
}  // namespace tare::dbus
