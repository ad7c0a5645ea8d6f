// Relays and lines over pipes.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "runtime/sandbox/line_reader.h"
#include "runtime/sandbox/relay.h"

namespace tare::sandbox {
namespace {

struct Pipe {
  Pipe() {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    read = Fd(ends[0]);
    write = Fd(ends[1]);
  }
  void put(const std::string& text) const {
    ASSERT_EQ(::write(write.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  Fd read, write;
};

bool turn(Relay& relay, Allowance& allowance) {
  PollSet poll;
  relay.add(poll);
  poll.wake_at(Clock::now());
  poll.wait();
  return relay.transfer(poll, allowance);
}

TEST(Relay, PassesOnAndCounts) {
  Pipe in, out;
  Allowance any;
  Relay relay(std::move(in.read), {out.write.get()});
  in.put("hello");
  EXPECT_TRUE(turn(relay, any));
  EXPECT_TRUE(turn(relay, any));
  EXPECT_EQ(relay.bytes(), 5U);
  char text[10];
  EXPECT_EQ(::read(out.read.get(), text, sizeof text), 5);
  EXPECT_TRUE(turn(relay, any));  // nothing to do, and nothing to wait for
  EXPECT_TRUE(relay.open());
  in.write.reset();
  EXPECT_TRUE(turn(relay, any));
  EXPECT_FALSE(relay.open());
}

TEST(Relay, StopsWhenNothingIsAllowedAnyMore) {
  Pipe in, out;
  Allowance seven = 7;
  Relay relay(std::move(in.read), {out.write.get()});
  in.put("12345");
  EXPECT_TRUE(turn(relay, seven));
  EXPECT_TRUE(turn(relay, seven));
  EXPECT_EQ(seven, 2U);
  in.put("678");
  EXPECT_FALSE(turn(relay, seven));
  EXPECT_TRUE(turn(relay, seven));
  EXPECT_EQ(relay.bytes(), 7U);
  EXPECT_FALSE(relay.open());
}

TEST(Relay, KeepsTheBeginning) {
  Pipe in;
  Allowance any;
  Relay relay(std::move(in.read), {-1, 4});
  in.put("123");
  EXPECT_TRUE(turn(relay, any));
  EXPECT_FALSE(relay.cut());
  in.put("456");
  EXPECT_TRUE(turn(relay, any));
  EXPECT_TRUE(relay.cut());
  EXPECT_EQ(relay.text(), "1234");
}

TEST(Relay, FinishesWithoutWaitingForAWriter) {
  Pipe in;  // whose writer stays
  Allowance any;
  Relay relay(std::move(in.read), {-1, 100});
  in.put("rest");
  EXPECT_TRUE(relay.finish(any));
  EXPECT_EQ(relay.text(), "rest");
  EXPECT_FALSE(relay.open());
}

TEST(LineReader, ReturnsWholeLines) {
  Pipe pipe;
  LineReader lines(pipe.read.get(), 10);
  EXPECT_EQ(lines.next(), std::nullopt);
  pipe.put("one\n\ntwo\nthr");
  lines.fill();
  EXPECT_EQ(lines.next(), "one");
  EXPECT_EQ(lines.next(), "");
  EXPECT_EQ(lines.next(), "two");
  EXPECT_EQ(lines.next(), std::nullopt);
  pipe.put("ee");
  pipe.write.reset();
  lines.fill();
  EXPECT_FALSE(lines.ended());
  lines.fill();
  EXPECT_TRUE(lines.ended());
  EXPECT_EQ(lines.next(), "three");
  EXPECT_EQ(lines.next(), std::nullopt);
}

TEST(LineReader, CutsWhatIsTooLong) {
  Pipe pipe;
  LineReader lines(pipe.read.get(), 5);
  pipe.put("12345\n123456");
  lines.fill();
  EXPECT_EQ(lines.next(), "12345");
  EXPECT_FALSE(lines.too_long());
  EXPECT_EQ(lines.next(), "12345");
  EXPECT_TRUE(lines.too_long());
  pipe.put("789");
  lines.fill();
  EXPECT_EQ(lines.next(), std::nullopt);
  pipe.put("0\nnext\n");
  lines.fill();
  EXPECT_EQ(lines.next(), "next");
  EXPECT_FALSE(lines.too_long());
}

}  // namespace
}  // namespace tare::sandbox
