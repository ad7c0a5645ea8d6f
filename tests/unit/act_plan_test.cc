// The plan's block: what was encoded comes out again, and nothing that is damaged is ever followed
// out of it. Blocks are allocated to the byte, so that the sanitizer sees a step too far.
#include <gmock/gmock.h>

#include <cstring>
#include <set>

#include "tests/unit/act_fixture.h"

namespace tare::act {
namespace {

using testing::ElementsAre;

std::vector<Step> sample() {
  Step mount = step(OpKind::NewMount, "tmpfs", 1);
  mount.text2 = "source";
  mount.data = pack(std::vector<std::string>{"size=4k", "", "mode=700"});
  mount.flags = flag::kModeOfTarget;
  mount.a = 0x1122334455667788;
  mount.b = 2;
  mount.c = ~uint64_t{0};
  mount.number = 7;
  Step mask = step(OpKind::Mask, "/proc/kcore", 0);
  mask.fd2 = 1;
  return {mount, mask, step(OpKind::Session), step(OpKind::Hostname, std::string("a\0b", 3))};
}

std::vector<std::byte> sample_block() {
  return encode(sample(), std::vector<int>{5, -1, 9});
}

std::vector<std::string> list(const Context& context, Ref ref) {
  std::vector<std::string> texts;
  for (const char* at = nullptr; (at = list_next(context, ref, at)) != nullptr;)
    texts.push_back(at);
  return texts;
}

// Whether the block opens; if it does, everything an operation may touch is touched.
bool opens(std::vector<std::byte>& block) {
  Context context;
  if (!open_plan(context, block.data(), block.size())) return false;
  const auto* begin = reinterpret_cast<const char*>(block.data());
  const char* end = begin + block.size();
  for (uint32_t i = 0; i < context.plan->op_count; ++i) {
    const Op& op = context.ops[i];
    for (Ref ref : {op.text, op.text2, op.data, op.data2}) {
      const char* text = context.text(ref);
      EXPECT_GE(text, begin);
      EXPECT_LT(text + ref.length, end);
      EXPECT_EQ(text[ref.length], '\0');
      list(context, ref);
    }
    context.slot(op.fd);
    context.slot(op.fd2);
  }
  return true;
}

TEST(ActPlan, WhatIsEncodedComesOutAgain) {
  std::vector<std::byte> block = sample_block();
  Context context;
  ASSERT_TRUE(open_plan(context, block.data(), block.size()));
  ASSERT_EQ(context.plan->op_count, 4U);
  const Op& op = context.ops[0];
  EXPECT_EQ(op.kind, OpKind::NewMount);
  EXPECT_EQ(op.flags, flag::kModeOfTarget);
  EXPECT_EQ(op.number, 7U);
  EXPECT_EQ(op.a, 0x1122334455667788U);
  EXPECT_EQ(op.b, 2U);
  EXPECT_EQ(op.c, ~uint64_t{0});
  EXPECT_STREQ(context.text(op.text), "tmpfs");
  EXPECT_STREQ(context.text(op.text2), "source");
  EXPECT_THAT(list(context, op.data), ElementsAre("size=4k", "", "mode=700"));
  EXPECT_EQ(op.data2.length, 0U);
  EXPECT_STREQ(context.text(op.data2), "");
  EXPECT_EQ(context.slot(context.ops[1].fd), 5);
  EXPECT_EQ(context.slot(op.fd), -1);
  EXPECT_EQ(context.slot(-1), -1);
  EXPECT_EQ(context.slots[2], 9);
  const Op& binary = context.ops[3];
  EXPECT_EQ(std::string(context.text(binary.text), binary.text.length), std::string("a\0b", 3));
}

TEST(ActPlan, FiltersAndGroupsLieAtMultiplesOfEight) {
  for (size_t slots : {0U, 1U, 2U}) {
    std::vector<Step> steps;
    for (size_t size = 1; size < 20; ++size)
      steps.push_back(step(OpKind::Seccomp, std::string(size, 'x')));
    std::vector<std::byte> block = encode(steps, std::vector<int>(slots, -1));
    Context context;
    ASSERT_TRUE(open_plan(context, block.data(), block.size()));
    EXPECT_EQ(context.plan->pool_offset % 8, 0U);
    for (uint32_t i = 0; i < context.plan->op_count; ++i) {
      EXPECT_EQ(context.ops[i].text.offset % 8, 0U) << i;
    }
  }
}

TEST(ActPlan, APlanOfNothingOpensAndRuns) {
  std::vector<std::byte> block = encode({}, {});
  EXPECT_TRUE(opens(block));
  EXPECT_EQ(act_out({}).said(), "");
}

TEST(ActPlan, EveryTruncationIsRefused) {
  const std::vector<std::byte> whole = sample_block();
  for (size_t size = 0; size < whole.size(); ++size) {
    std::vector<std::byte> part(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size));
    part.shrink_to_fit();
    EXPECT_FALSE(opens(part)) << size;
  }
}

TEST(ActPlan, EveryDamagedFieldIsRefusedOrStaysInside) {
  const std::vector<std::byte> whole = sample_block();
  Header header;
  std::memcpy(&header, whole.data(), sizeof header);
  std::set<uint32_t> values = {0,     1,     2,          3,          8,          255,
                               65535, 65536, 0x7fffffff, 0x80000000, 0xfffffff8, ~0U};
  auto size = static_cast<uint32_t>(whole.size());
  for (uint32_t near : {size, size - header.pool_offset, header.pool_offset}) {
    for (uint32_t i = 0; i < 5; ++i) values.insert(near - 2 + i);
  }
  int opened = 0, refused = 0;
  for (size_t at = 0; at < header.pool_offset; at += 4) {
    for (uint32_t value : values) {
      std::vector<std::byte> damaged = whole;
      std::memcpy(damaged.data() + at, &value, sizeof value);
      ++(opens(damaged) ? opened : refused);
    }
  }
  // Most fields are plain numbers that may be anything; every header field and reference was hit.
  EXPECT_GT(opened, 100);
  EXPECT_GT(refused, 500);
}

TEST(ActPlan, ATextWithoutItsEndIsRefused) {
  std::vector<std::byte> whole = sample_block();
  Context context;
  ASSERT_TRUE(open_plan(context, whole.data(), whole.size()));
  const auto* begin = reinterpret_cast<const char*>(whole.data());
  for (uint32_t i = 0; i < context.plan->op_count; ++i) {
    const Op& op = context.ops[i];
    for (Ref ref : {op.text, op.text2, op.data, op.data2}) {
      std::vector<std::byte> damaged = whole;
      damaged[static_cast<size_t>(context.text(ref) + ref.length - begin)] = std::byte{'x'};
      EXPECT_FALSE(opens(damaged)) << i;
    }
  }
}

TEST(ActPlan, OtherVersionsAreRefused) {
  for (size_t field : {offsetof(Header, magic), offsetof(Header, version)}) {
    std::vector<std::byte> block = sample_block();
    block[field] ^= std::byte{1};
    EXPECT_FALSE(opens(block)) << field;
  }
}

TEST(ActPlan, MoreThanAPlanMayBeIsRefused) {
  std::vector<std::byte> block = sample_block();
  Context context;
  EXPECT_FALSE(open_plan(context, block.data(), kMaxPlanSize + 1));
  std::vector<std::byte> many = encode(std::vector<Step>(kMaxOps + 1), {});
  EXPECT_FALSE(opens(many));
  std::vector<std::byte> slots = encode({}, std::vector<int>(kMaxSlots + 1, -1));
  EXPECT_FALSE(opens(slots));
  std::vector<std::byte> most = encode(std::vector<Step>(kMaxOps), std::vector<int>(kMaxSlots, -1));
  EXPECT_TRUE(opens(most));
}

TEST(ActPlan, AnOperationThatFillsASlotMustHaveOne) {
  for (OpKind kind : {OpKind::OpenTree, OpKind::NewMount, OpKind::LegacyMount, OpKind::Mask}) {
    std::vector<std::byte> without =
        encode(std::vector<Step>{step(kind)}, std::vector<int>{-1, -1});
    EXPECT_FALSE(opens(without)) << static_cast<int>(kind);
    Step whole = step(kind, "", 0);
    whole.fd2 = 1;
    std::vector<std::byte> with = encode(std::vector<Step>{whole}, std::vector<int>{-1, -1});
    EXPECT_TRUE(opens(with)) << static_cast<int>(kind);
  }
}

TEST(ActPlan, AnUnknownOperationFailsByItsNumber) {
  Acted acted = act_out({.steps = {step(OpKind::Session), step(static_cast<OpKind>(9999))}});
  EXPECT_EQ(acted.said(), "plan: EINVAL");
  ASSERT_NE(acted.failure(), nullptr);
  EXPECT_EQ(acted.failure()->op, 1U);
  EXPECT_EQ(acted.failure()->op_kind, 9999U);
}

TEST(ActPlan, EmptyTextsInAListAreNoEnd) {
  const std::vector<std::vector<std::string>> lists = {
      {}, {""}, {"", ""}, {"", "a"}, {"a", ""}, {"a", "", "", "b"}, {"a", "b"}};
  for (const auto& wanted : lists) {
    Step one = step(OpKind::Execute);
    one.data = pack(wanted);
    std::vector<std::byte> block = encode(std::vector<Step>{one}, {});
    Context context;
    ASSERT_TRUE(open_plan(context, block.data(), block.size()));
    EXPECT_EQ(list(context, context.ops[0].data), wanted);
  }
}

TEST(ActPlan, AListWithoutItsLastEndStopsAtItsLength) {
  Step one = step(OpKind::Execute);
  one.data = std::string("a\0bc", 4);
  std::vector<std::byte> block = encode(std::vector<Step>{one}, {});
  Context context;
  ASSERT_TRUE(open_plan(context, block.data(), block.size()));
  EXPECT_THAT(list(context, context.ops[0].data), ElementsAre("a", "bc"));
}

}  // namespace
}  // namespace tare::act
