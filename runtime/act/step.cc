// Lays a plan out as one block. Everything in the pool begins at a multiple of 8 (filters and group
// lists are read in place) and has a NUL behind it.
#include "runtime/act/step.h"

#include <cstring>

namespace tare::act {
namespace {

constexpr size_t kAlignment = 8;

class Pool {
 public:
  Ref add(std::string_view bytes) {
    if (bytes.empty()) return {0, 0};
    Ref ref{static_cast<uint32_t>(bytes_.size()), static_cast<uint32_t>(bytes.size())};
    bytes_.append(bytes);
    bytes_.append(kAlignment - bytes_.size() % kAlignment, '\0');
    return ref;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_ = std::string(kAlignment, '\0');  // offset 0 is the empty text
};

}  // namespace

std::string pack(std::span<const std::string> texts) {
  std::string packed;
  for (const std::string& text : texts) packed.append(text).push_back('\0');
  return packed;
}

std::vector<std::string> unpack(const std::string& packed) {
  std::vector<std::string> texts;
  for (size_t at = 0; at < packed.size(); at += texts.back().size() + 1) {
    texts.emplace_back(packed.c_str() + at);
  }
  return texts;
}

std::vector<std::byte> encode(std::span<const Step> steps, std::span<const int> slots) {
  Pool pool;
  std::vector<Op> ops;
  ops.reserve(steps.size());
  for (const Step& step : steps) {
    Op op;
    op.kind = step.kind;
    op.flags = step.flags;
    op.fd = step.fd;
    op.fd2 = step.fd2;
    op.number = step.number;
    op.a = step.a;
    op.b = step.b;
    op.c = step.c;
    op.text = pool.add(step.text);
    op.text2 = pool.add(step.text2);
    op.data = pool.add(step.data);
    op.data2 = pool.add(step.data2);
    ops.push_back(op);
  }
  // An odd number of slots would leave the pool at a multiple of 4.
  std::vector<int32_t> numbers(slots.begin(), slots.end());
  if (numbers.size() % 2 != 0) numbers.push_back(-1);
  Header header;
  header.op_count = static_cast<uint32_t>(ops.size());
  header.slot_count = static_cast<uint32_t>(numbers.size());
  size_t ops_size = ops.size() * sizeof(Op);
  size_t slots_size = numbers.size() * sizeof(int32_t);
  header.pool_offset = static_cast<uint32_t>(sizeof header + ops_size + slots_size);
  header.size = static_cast<uint32_t>(header.pool_offset + pool.bytes().size());

  std::vector<std::byte> block(header.size);
  std::byte* at = block.data();
  auto put = [&](const void* bytes, size_t size) {
    if (size > 0) std::memcpy(at, bytes, size);
    at += size;
  };
  put(&header, sizeof header);
  put(ops.data(), ops_size);
  put(numbers.data(), slots_size);
  put(pool.bytes().data(), pool.bytes().size());
  return block;
}

}  // namespace tare::act
