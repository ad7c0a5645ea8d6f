// The parser is getopt_long_only(3), told to return words in order ("-"). Go's flag package, whose
// habits the callers of runc rely on, differs in two things, both kept out here: getopt accepts
// unambiguous abbreviations, so every match is compared with the whole name; and it takes "-it" for
// "-i -t", so it is given no short options at all and the letters are long options of one letter.
#include "runtime/cli/options.h"

#include <algorithm>

#include "runtime/base/strings.h"

namespace tare::cli {
namespace {

constexpr int kWord = 1;           // getopt's code of a word that is no option
constexpr int kFirstOption = 256;  // beyond every character

// The spellings of strconv.ParseBool.
std::optional<bool> parse_boolean(std::string_view text) {
  for (const char* yes : {"1", "t", "T", "true", "TRUE", "True"}) {
    if (text == yes) return true;
  }
  for (const char* no : {"0", "f", "F", "false", "FALSE", "False"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

std::optional<int> parse_count(std::string_view text) {
  auto number = parse_number<int>(text);
  return number && *number >= 0 ? number : std::nullopt;
}

// "bundle" of "--bundle=x", "-bundle".
std::string option_name(std::string_view word) {
  word.remove_prefix(word.starts_with("--") ? 2 : 1);
  return std::string(word.substr(0, word.find('=')));
}

// How many values it takes beside the first.
int further_values(const Option& option) {
  std::string_view words = option.argument == nullptr ? "" : option.argument;
  return static_cast<int>(std::count(words.begin(), words.end(), ' '));
}

bool is_named(const Option& option, const std::string& name) {
  return name == option.name || (option.letter != nullptr && name == option.letter) ||
         (option.alias != nullptr && name == option.alias);
}

}  // namespace

const Given* Options::find(Tag tag) const {
  auto is_it = [&](const Given& given) { return given.option->tag == tag; };
  auto last = std::find_if(given_.rbegin(), given_.rend(), is_it);
  return last == given_.rend() ? nullptr : &*last;
}

bool Options::has(Tag tag) const {
  return find(tag) != nullptr;
}

bool Options::flag(Tag tag) const {
  return text(tag) == "true";
}

std::string Options::text(Tag tag, const std::string& otherwise) const {
  const Given* given = find(tag);
  return given == nullptr ? otherwise : given->value;
}

int Options::count(Tag tag) const {
  return parse_count(text(tag)).value_or(0);
}

std::vector<std::string> Options::all(Tag tag) const {
  std::vector<std::string> values;
  for (const Given& given : given_) {
    if (given.option->tag == tag) values.push_back(given.value);
  }
  return values;
}

void Options::add(const Option& option, std::string value, std::vector<std::string> more) {
  given_.push_back({&option, std::move(value), std::move(more)});
}

OptionReader::OptionReader(int argc, char** argv) : argc_(argc), argv_(argv) {
  ::optind = 0;  // getopt starts afresh
  ::opterr = 0;  // and prints nothing
}

void OptionReader::expect(std::initializer_list<OptionTable> tables) {
  known_.clear();
  getopt_table_.clear();
  for (OptionTable table : tables) {
    for (const Option& option : table) {
      int code = kFirstOption + static_cast<int>(known_.size());
      int value = option.may_lack_value() ? optional_argument : required_argument;
      known_.push_back(&option);
      for (const char* name : {option.name, option.letter, option.alias}) {
        if (name != nullptr) getopt_table_.push_back({name, value, nullptr, code});
      }
    }
  }
  getopt_table_.push_back({});
}

std::optional<std::string> OptionReader::next_word(Options& options) {
  while (!ended_ && mistake_.empty()) {
    int code = ::getopt_long_only(argc_, argv_, "-", getopt_table_.data(), nullptr);
    if (code == kWord) return ::optarg;
    ended_ = code == -1;
    if (!ended_) take(code, options);
  }
  if (!mistake_.empty() || ::optind >= argc_) return std::nullopt;
  return argv_[::optind++];
}

// The option that `word` spells in full; getopt's `code` says which one it took it for.
const Option* OptionReader::spelled_out(int code, const std::string& word) const {
  if (code == '?') code = ::optopt;  // 0 unless the option is known and lacks its value
  if (code < kFirstOption) return nullptr;
  const Option* option = known_[static_cast<size_t>(code - kFirstOption)];
  return is_named(*option, option_name(word)) ? option : nullptr;
}

void OptionReader::take(int code, Options& options) {
  bool value_apart = code != '?' && ::optarg != nullptr && ::optarg == argv_[::optind - 1];
  std::string word = argv_[::optind - (value_apart ? 2 : 1)];
  const char* value = ::optarg == nullptr ? "true" : ::optarg;  // "--flag" is "--flag=true"
  const Option* option = spelled_out(code, word);
  if (option == nullptr) {
    mistake_ = "flag provided but not defined: -" + escape(option_name(word));
  } else if (code == '?' && option->alone != nullptr) {
    options.add(*option, option->alone);
  } else if (code == '?') {
    mistake_ = "flag needs an argument: -" + option_name(word);
  } else if (option->argument == kCount && !parse_count(value)) {
    mistake_ = "invalid value " + quote(value) + " for flag -" + option->name;
  } else if (int further = further_values(*option); argc_ - ::optind < further) {
    mistake_ = "flag needs " + std::to_string(further + 1) + " arguments: -" + option_name(word);
  } else if (further > 0) {
    options.add(*option, value, {argv_ + ::optind, argv_ + ::optind + further});
    ::optind += further;
  } else if (option->argument != nullptr) {
    options.add(*option, value);
  } else if (auto set = parse_boolean(value)) {
    options.add(*option, *set ? "true" : "false");
  } else {
    mistake_ = "invalid boolean value " + quote(value) + " for -" + option->name;
  }
}

}  // namespace tare::cli
