// Options of the command line. One table describes them; the parser, the help texts and the check
// of the man pages all read it.
#pragma once

#include <getopt.h>

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/cli/tag.h"

namespace tare::cli {

// Placeholder of a value that is a number of things: decimal, not negative. The reader checks it.
inline constexpr char kCount[] = "N";

struct Option {
  Tag tag;
  const char* name;      // without dashes
  const char* letter;    // the one-letter form, nullptr where there is none
  const char* argument;  // placeholder of its value, of several: "SRC DST", of one that may be
                         // left out: "[=json]"; nullptr: a boolean
  const char* help;      // one line, no full stop
  const char* alias = nullptr;  // another letter that is accepted and not shown
  const char* alone = nullptr;  // its value where it is the last word; nullptr: a mistake then

  bool may_lack_value() const { return argument == nullptr || *argument == '['; }
};

using OptionTable = std::span<const Option>;

// One option as it was given.
struct Given {
  const Option* option;
  std::string value;
  std::vector<std::string> more;  // further values of an option that takes several
};

// What was given. Of an option given several times the last value counts: CRI-O repeats its global
// options.
class Options {
 public:
  bool has(Tag tag) const;
  bool flag(Tag tag) const;  // of a boolean; false when not given
  std::string text(Tag tag, const std::string& otherwise = "") const;
  int count(Tag tag) const;                     // of a kCount; 0 when not given
  std::vector<std::string> all(Tag tag) const;  // every value given, in order

  // What counts; nullptr when it was not given.
  const Given* find(Tag tag) const;
  // Everything, for those whose order matters.
  std::span<const Given> in_order() const { return given_; }

  void add(const Option& option, std::string value, std::vector<std::string> more = {});

 private:
  std::vector<Given> given_;
};

// Reads a command line word by word, so that the known options can change once the command is
// known. One or two dashes, `--x v`, `--x=v`, `--flag`, `--flag=false`; `--` ends options; neither
// abbreviations nor several letters in one word. There can be one at a time (getopt's state).
class OptionReader {
 public:
  // Borrows `argv`; argc is at least 1.
  OptionReader(int argc, char** argv);

  // The options known from here on. Where two tables have a name in common, the first counts.
  void expect(std::initializer_list<OptionTable> tables);

  // The next word that is no option; the options before it are added to `options`. Nothing at the
  // end and at the first mistake.
  std::optional<std::string> next_word(Options& options);

  // Takes everything from here on for words, whatever it looks like.
  void end() { ended_ = true; }

  // What the user got wrong, in runc's words; empty: nothing.
  const std::string& mistake() const { return mistake_; }

 private:
  const Option* spelled_out(int code, const std::string& word) const;
  void take(int code, Options& options);

  int argc_;
  char** argv_;
  bool ended_ = false;
  std::vector<const Option*> known_;
  std::vector<::option> getopt_table_;
  std::string mistake_;
};

}  // namespace tare::cli
