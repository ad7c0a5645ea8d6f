// Fills json::Value from nlohmann's SAX events, and the only file that includes it (5 s of compiler
// time). The idea: finished values wait on one stack, and a container takes its own off the top in
// one allocation of the right size when it ends; where we are is only worked out when something is
// wrong. Limits keep a hostile document from costing more than its own size times a small number.
#include "oci/json.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "runtime/base/strings.h"

namespace tare::oci::json {
namespace {

constexpr size_t kMaxBytes = size_t{64} << 20;
constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxValues = size_t{1} << 19;
constexpr size_t kMaxShown = 80;  // bytes of a string that a message quotes

// The library refuses numbers its floating-point type cannot hold, even where nobody asks for them;
// the widest type keeps that to numbers nobody means.
using Source =
    nlohmann::basic_json<std::map, std::vector, std::string, bool, int64_t, uint64_t, long double>;

// The first name that occurs twice, or nothing.
const std::string* find_duplicate(const Object& object) {
  constexpr size_t kFew = 24;
  if (object.size() <= kFew) {  // nearly all objects; cheaper than sorting
    for (size_t i = 1; i < object.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (object[i].name == object[j].name) return &object[i].name;
      }
    }
    return nullptr;
  }
  std::vector<const std::string*> names;
  names.reserve(object.size());
  for (const Member& member : object) names.push_back(&member.name);
  std::sort(names.begin(), names.end(), [](auto* a, auto* b) { return *a < *b; });
  auto same =
      std::adjacent_find(names.begin(), names.end(), [](auto* a, auto* b) { return *a == *b; });
  return same == names.end() ? nullptr : *same;
}

// "[json.exception.parse_error.101] parse error at line 1, column 2: …; last read: '…'; …" without
// the library's tag and without the token, which is the document's own and may be huge.
std::string reason_of(const std::exception& error) {
  std::string_view text = error.what();
  if (size_t tag = text.find("] "); text.starts_with('[') && tag != std::string_view::npos) {
    text.remove_prefix(tag + 2);
  }
  return std::string(text.substr(0, text.find("; last read")));
}

// nlohmann's SAX interface (nlohmann/detail/input/json_sax.hpp). False from an event ends parsing.
class Builder {
 public:
  explicit Builder(std::vector<Violation>& violations) : violations_(violations) {}

  bool null() { return push(Value()); }
  bool boolean(bool value) { return push(Value(value)); }
  bool number_integer(int64_t value) { return push(Value(value)); }
  bool number_unsigned(uint64_t value) { return push(Value(value)); }
  // Also integers beyond 64 bits: the text is kept, the rounded value is not looked at.
  bool number_float(long double, const std::string& text) { return push(Value(OtherNumber{text})); }
  bool string(std::string& value) {
    if (value.find('\0') != std::string::npos) add("U+0000 in a string");
    return push(Value(std::move(value)));
  }
  bool binary(Source::binary_t&) { return false; }  // not in JSON text
  bool start_object(size_t) { return open(true); }
  bool start_array(size_t) { return open(false); }

  bool key(std::string& name) {
    open_.back().key = std::move(name);
    if (open_.back().key.find('\0') != std::string::npos) add("U+0000 in a name");
    return true;
  }

  bool end_object() {
    auto first = done_.begin() + static_cast<std::ptrdiff_t>(open_.back().first);
    Object object(std::make_move_iterator(first), std::make_move_iterator(done_.end()));
    if (const std::string* name = find_duplicate(object)) {
      open_.back().key = *name;
      add("the name is there twice");
    }
    close();
    return push(Value(std::move(object)));
  }

  bool end_array() {
    auto first = done_.begin() + static_cast<std::ptrdiff_t>(open_.back().first);
    Array array;
    array.reserve(static_cast<size_t>(done_.end() - first));
    for (auto it = first; it != done_.end(); ++it) array.push_back(std::move(it->value));
    close();
    return push(Value(std::move(array)));
  }

  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception& error) {
    add(reason_of(error));
    return false;
  }

  Value result() { return std::move(done_.back().value); }

 private:
  // A container whose end has not come. Its values so far are done_[first …].
  struct Open {
    size_t first;
    bool object;
    std::string key;  // of the member being read
  };

  bool open(bool object) {
    if (open_.size() == kMaxDepth) return refuse("nested deeper than 64 levels");
    open_.push_back({done_.size(), object, {}});
    return true;
  }

  void close() {
    done_.resize(open_.back().first);
    open_.pop_back();
  }

  bool push(Value value) {
    if (++count_ > kMaxValues) return refuse("more than half a million values");
    Member& member = done_.emplace_back();
    member.value = std::move(value);
    if (!open_.empty() && open_.back().object) member.name = std::move(open_.back().key);
    return true;
  }

  bool refuse(const char* text) {
    add(text);
    return false;
  }

  void add(std::string text) { violations_.push_back({where(), std::move(text)}); }

  std::string where() const {
    std::string pointer;
    for (size_t i = 0; i < open_.size(); ++i) {
      if (open_[i].object) {
        // Between two members the place is the object itself.
        if (!open_[i].key.empty() || i + 1 < open_.size()) append_to_pointer(pointer, open_[i].key);
      } else {
        size_t end = i + 1 < open_.size() ? open_[i + 1].first : done_.size();
        append_to_pointer(pointer, std::to_string(end - open_[i].first));
      }
    }
    return pointer;
  }

  std::vector<Violation>& violations_;
  std::vector<Open> open_;
  std::vector<Member> done_;
  size_t count_ = 0;
};

using Tree = nlohmann::ordered_json;

Tree tree_of(const Value& value) {
  if (const bool* flag = value.get<bool>()) return *flag;
  if (const int64_t* number = value.get<int64_t>()) return *number;
  if (const uint64_t* number = value.get<uint64_t>()) return *number;
  if (const OtherNumber* number = value.get<OtherNumber>()) {
    return Tree::parse(number->text, nullptr, false);
  }
  if (const std::string* text = value.get<std::string>()) return *text;
  if (const Array* array = value.get<Array>()) {
    Tree tree = Tree::array();
    for (const Value& element : *array) tree.push_back(tree_of(element));
    return tree;
  }
  if (const Object* object = value.get<Object>()) {
    Tree tree = Tree::object();
    auto& members = tree.get_ref<Tree::object_t&>();
    for (const Member& member : *object) members.push_back({member.name, tree_of(member.value)});
    return tree;
  }
  return nullptr;
}

// At most kMaxShown bytes, never half a character.
std::string shortened(const std::string& text) {
  if (text.size() <= kMaxShown) return quote(text);
  size_t end = kMaxShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return quote(text.substr(0, end)) + "…";
}

}  // namespace

std::string describe(const Value& value) {
  if (const bool* flag = value.get<bool>()) return *flag ? "true" : "false";
  if (const int64_t* number = value.get<int64_t>()) return std::to_string(*number);
  if (const uint64_t* number = value.get<uint64_t>()) return std::to_string(*number);
  if (const OtherNumber* number = value.get<OtherNumber>())
    return number->text.substr(0, kMaxShown);
  if (const std::string* text = value.get<std::string>()) return shortened(*text);
  if (value.get<Array>() != nullptr) return "an array";
  if (value.get<Object>() != nullptr) return "an object";
  return "null";
}

std::optional<Value> parse(std::string_view text, std::vector<Violation>& violations,
                           Comments comments) {
  if (text.size() > kMaxBytes) {
    violations.push_back({"", "larger than 64 MiB"});
    return std::nullopt;
  }
  // nlohmann would skip it; RFC 8259 section 8.1 forbids writers to put it there.
  if (text.starts_with("\xef\xbb\xbf")) {
    violations.push_back({"", "starts with a byte order mark"});
    return std::nullopt;
  }
  Builder builder(violations);
  constexpr bool kWhole = true;  // nothing may follow the document
  bool read =
      Source::sax_parse(text.begin(), text.end(), &builder, nlohmann::detail::input_format_t::json,
                        kWhole, comments == Comments::Allowed);
  if (!read) return std::nullopt;
  return builder.result();
}

std::string write(const Value& value, Layout layout) {
  return tree_of(value).dump(layout.width, layout.fill, false, Tree::error_handler_t::replace);
}

}  // namespace tare::oci::json
