// Checks the plan once, so that no operation has to: every reference lies in the pool and ends in a
// NUL, every slot exists. The plan comes from tare, which is trusted; the check is against our own
// mistakes and a truncated file, and costs microseconds.
#include "runtime/act/context.h"
#include "runtime/act/text.h"

namespace tare::act {
namespace {

bool sound(const Header& header, const char* pool, Ref ref) {
  uint64_t pool_size = header.size - header.pool_offset;
  uint64_t end = uint64_t{ref.offset} + ref.length;
  return end < pool_size && pool[end] == 0;
}

bool sound(const Header& header, int32_t slot) {
  return slot >= -1 && slot < static_cast<int64_t>(header.slot_count);
}

// Operations that put a descriptor into a slot need one to put it into.
bool fills_its_slots(const Op& op) {
  switch (op.kind) {
    case OpKind::OpenTree:
    case OpKind::NewMount:
    case OpKind::LegacyMount:
      return op.fd >= 0;
    case OpKind::Mask:
      return op.fd >= 0 && op.fd2 >= 0;
    default:
      return true;
  }
}

}  // namespace

bool open_plan(Context& context, void* address, uint64_t size) {
  auto* header = static_cast<const Header*>(address);
  if (size < sizeof(Header) || size > kMaxPlanSize) return false;
  if (header->magic != kPlanMagic || header->version != kPlanVersion) return false;
  if (header->size > size || header->op_count > kMaxOps || header->slot_count > kMaxSlots) {
    return false;
  }
  uint64_t ops_end = sizeof(Header) + uint64_t{header->op_count} * sizeof(Op);
  uint64_t slots_end = ops_end + uint64_t{header->slot_count} * sizeof(int32_t);
  if (header->pool_offset != slots_end || slots_end >= header->size) return false;

  char* base = static_cast<char*>(address);
  context.plan = header;
  context.ops = reinterpret_cast<const Op*>(base + sizeof(Header));
  context.slots = reinterpret_cast<int32_t*>(base + ops_end);
  context.pool = base + header->pool_offset;
  for (uint32_t i = 0; i < header->op_count; ++i) {
    const Op& op = context.ops[i];
    if (!sound(*header, op.fd) || !sound(*header, op.fd2) || !fills_its_slots(op)) return false;
    const Ref refs[] = {op.text, op.text2, op.data, op.data2};
    for (Ref ref : refs) {
      if (!sound(*header, context.pool, ref)) return false;
    }
  }
  return true;
}

const char* list_next(const Context& context, Ref list, const char* previous) {
  const char* begin = context.text(list);
  const char* next = previous == nullptr ? begin : previous + length(previous) + 1;
  return next < begin + list.length ? next : nullptr;
}

}  // namespace tare::act
