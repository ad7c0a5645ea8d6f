// How command lines are read: what runc's callers really send, and what must be refused.
#include <gtest/gtest.h>

#include <algorithm>

#include "runtime/cli/commands.h"
#include "runtime/cli/help.h"

namespace tare::cli {
namespace {

CommandLine read(std::vector<std::string> words, std::string program = "tare") {
  words.insert(words.begin(), std::move(program));
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  return read_command_line(static_cast<int>(words.size()), argv.data());
}

std::string command_of(const CommandLine& line) {
  return line.command == nullptr ? "" : line.command->name;
}

using Words = std::vector<std::string>;

TEST(Options, StandBeforeAndAfterTheArguments) {
  for (const Words& words : {Words{"create", "--bundle", "/b", "--no-pivot", "c1"},
                             Words{"create", "c1", "--bundle", "/b", "--no-pivot"},
                             Words{"create", "--bundle=/b", "c1", "-no-pivot"},
                             Words{"create", "-b", "/b", "-no-pivot", "c1"},
                             Words{"create", "-b=/b", "--no-pivot=true", "c1"},
                             Words{"create", "-bundle=/b", "--no-pivot=1", "c1"}}) {
    CommandLine line = read(words);
    EXPECT_EQ(line.mistake, "");
    EXPECT_EQ(command_of(line), "create");
    EXPECT_EQ(line.arguments, Words{"c1"});
    EXPECT_EQ(line.options.text(Tag::Bundle), "/b");
    EXPECT_TRUE(line.options.flag(Tag::NoPivot));
    EXPECT_FALSE(line.options.flag(Tag::NoNewKeyring));
  }
}

TEST(Options, GlobalOnesStandBeforeAndAfterTheCommand) {
  for (const Words& words : {Words{"--root", "/r", "--log-format=json", "state", "c1"},
                             Words{"state", "--root", "/r", "c1", "--log-format", "json"},
                             Words{"--root=/r", "state", "c1", "-log-format=json"}}) {
    CommandLine line = read(words);
    EXPECT_EQ(line.mistake, "");
    EXPECT_EQ(line.options.text(Tag::Root), "/r");
    EXPECT_EQ(line.options.text(Tag::LogFormat), "json");
    EXPECT_EQ(line.arguments, Words{"c1"});
  }
}

TEST(Options, TheLastOfSeveralCounts) {
  CommandLine line = read({"--root=/a", "--systemd-cgroup", "--root=/b", "--systemd-cgroup=false",
                           "create", "--root", "/c", "c1"});
  EXPECT_EQ(line.options.text(Tag::Root), "/c");
  EXPECT_FALSE(line.options.flag(Tag::SystemdCgroup));
  EXPECT_TRUE(line.options.has(Tag::SystemdCgroup));
}

TEST(Options, BooleansTakeGosSpellings) {
  for (const char* yes : {"1", "t", "T", "true", "TRUE", "True"}) {
    EXPECT_TRUE(read({"run", std::string("--keep=") + yes, "c"}).options.flag(Tag::Keep)) << yes;
  }
  for (const char* no : {"0", "f", "F", "false", "FALSE", "False"}) {
    CommandLine line = read({"run", std::string("--keep=") + no, "c"});
    EXPECT_FALSE(line.options.flag(Tag::Keep)) << no;
    EXPECT_EQ(line.mistake, "") << no;
  }
  EXPECT_EQ(read({"run", "--keep=yes", "c"}).mistake, "invalid boolean value \"yes\" for -keep");
  EXPECT_EQ(read({"run", "--keep=", "c"}).mistake, "invalid boolean value \"\" for -keep");
}

TEST(Options, ABooleanDoesNotTakeTheNextWord) {
  CommandLine line = read({"run", "-d", "false"});
  EXPECT_TRUE(line.options.flag(Tag::Detach));
  EXPECT_EQ(line.arguments, Words{"false"});
}

TEST(Options, AValueMayBeginWithADashOrBeEmpty) {
  EXPECT_EQ(read({"create", "--bundle", "--no-pivot", "c"}).options.text(Tag::Bundle),
            "--no-pivot");
  CommandLine line = read({"create", "--pid-file=", "--bundle", "", "c"});
  EXPECT_TRUE(line.options.has(Tag::PidFile));
  EXPECT_EQ(line.options.text(Tag::PidFile, "unset"), "");
  EXPECT_EQ(line.options.text(Tag::Bundle, "unset"), "");
  EXPECT_EQ(line.arguments, Words{"c"});
}

TEST(Options, ThatMayBeRepeatedAreNotSplit) {
  CommandLine line = read({"exec", "--env", "A=1,2", "-e=B=", "--env=C=x=y", "c1", "-e", "D"});
  EXPECT_EQ(line.mistake, "");
  EXPECT_EQ(line.options.all(Tag::Env), (Words{"A=1,2", "B=", "C=x=y"}));
  EXPECT_EQ(line.arguments, (Words{"c1", "-e", "D"}));
}

TEST(Options, LettersOfCrunAreUnderstood) {
  EXPECT_TRUE(read({"-V"}).options.flag(Tag::Version));
  EXPECT_TRUE(read({"-?"}).options.flag(Tag::Help));
  EXPECT_TRUE(read({"list", "--usage"}).options.flag(Tag::Help));
  EXPECT_TRUE(read({"kill", "-r", "x"}).options.flag(Tag::Regex));
  EXPECT_TRUE(read({"create", "--no-subreaper", "c1"}).options.flag(Tag::NoSubreaper));
}

TEST(Options, EndAtTwoDashes) {
  CommandLine line = read({"create", "-b", "/b", "--", "-h", "--bundle"});
  EXPECT_EQ(line.arguments, (Words{"-h", "--bundle"}));
  EXPECT_FALSE(line.options.has(Tag::Help));
  EXPECT_EQ(command_of(read({"--", "list", "x"})), "list");
  EXPECT_EQ(read({"kill", "c", "-"}).arguments, (Words{"c", "-"}));
}

TEST(Options, UnknownOnesAreNamedAsGoDoes) {
  const std::vector<std::pair<Words, std::string>> cases = {
      {{"--bogus", "list"}, "-bogus"},
      {{"list", "--bogus"}, "-bogus"},
      {{"list", "-bogus=1"}, "-bogus"},
      {{"--bundle", "/b", "create"}, "-bundle"},  // not a global one
      {{"start", "--force", "c"}, "-force"},      // another command's
      {{"create", "-x", "c"}, "-x"},
      {{"create", "--=v"}, "-"},
      {{"create", "-:"}, "-:"},
      {{"create", "--\x1b[31m"}, "-\\x1b[31m"},
  };
  for (const auto& [words, name] : cases) {
    EXPECT_EQ(read(words).mistake, "flag provided but not defined: " + name);
  }
}

TEST(Options, AbbreviationsAreUnknown) {
  for (const Words& words : {Words{"create", "--pid", "f", "c"}, Words{"create", "--bund=b", "c"},
                             Words{"create", "c", "--bundl"}, Words{"run", "--det", "c"},
                             Words{"create", "--no-p", "c"}, Words{"--roo", "/r", "list"}}) {
    EXPECT_NE(read(words).mistake.find("flag provided but not defined: -"), std::string::npos)
        << words[1];
  }
}

TEST(Options, LettersAreNotCombinedNorGlued) {
  EXPECT_EQ(read({"list", "-qf", "json"}).mistake, "flag provided but not defined: -qf");
  EXPECT_EQ(read({"list", "-fjson"}).mistake, "flag provided but not defined: -fjson");
  EXPECT_EQ(read({"list", "-f=json", "--q"}).options.text(Tag::Format), "json");
}

TEST(Options, AMissingValueIsSaid) {
  EXPECT_EQ(read({"create", "-b"}).mistake, "flag needs an argument: -b");
  EXPECT_EQ(read({"create", "c", "--bundle"}).mistake, "flag needs an argument: -bundle");
  EXPECT_EQ(read({"--root"}).mistake, "flag needs an argument: -root");
}

TEST(Options, WhatStandsBeforeAMistakeIsRead) {
  CommandLine line = read({"--log", "/l", "create", "--bogus", "--bundle", "/b", "c"});
  EXPECT_EQ(line.options.text(Tag::Log), "/l");
  EXPECT_EQ(command_of(line), "create");
  EXPECT_FALSE(line.options.has(Tag::Bundle));
}

TEST(Options, TheCommandsOwnWinOverGlobalOnes) {
  CommandLine line = read({"--rootless", "true", "spec", "--rootless"});
  EXPECT_EQ(line.options.text(Tag::Rootless), "true");
  EXPECT_TRUE(line.options.flag(Tag::RootlessSpec));
  EXPECT_EQ(read({"create", "--rootless=false", "c"}).options.text(Tag::Rootless), "false");
}

TEST(Options, CountsAreExactNumbers) {
  EXPECT_EQ(read({"create", "c"}).options.count(Tag::PreserveFds), 0);
  EXPECT_EQ(read({"create", "--preserve-fds", "3", "c"}).options.count(Tag::PreserveFds), 3);
  for (const char* bad : {"-1", "+1", "1x", "", " 1", "0x1", "1.5", "2147483648"}) {
    EXPECT_EQ(read({"create", "--preserve-fds", bad, "c"}).mistake,
              "invalid value \"" + std::string(bad) + "\" for flag -preserve-fds");
  }
}

TEST(Commands, UnknownOnesStopTheReading) {
  CommandLine line = read({"--log", "/l", "foo", "--bogus"});
  EXPECT_EQ(line.unknown_command, "foo");
  EXPECT_EQ(line.mistake, "");
  EXPECT_EQ(line.options.text(Tag::Log), "/l");
  EXPECT_EQ(read({""}).unknown_command, "");
  EXPECT_FALSE(read({}).unknown_command);
}

TEST(Commands, TakeSoManyArguments) {
  const std::vector<std::pair<Words, std::string>> cases = {
      {{"start", "c"}, ""},
      {{"start"}, "tare: \"start\" requires exactly 1 argument(s)"},
      {{"start", "c", "d"}, "tare: \"start\" requires exactly 1 argument(s)"},
      {{"list", "c"}, "tare: \"list\" requires exactly 0 argument(s)"},
      {{"kill", "c"}, ""},
      {{"kill", "c", "9"}, ""},
      {{"kill"}, "tare: \"kill\" requires a minimum of 1 argument(s)"},
      {{"kill", "a", "b", "c"}, "tare: \"kill\" requires a maximum of 2 argument(s)"},
  };
  for (const auto& [words, expected] : cases) {
    EXPECT_EQ(wrong_argument_count(read(words)), expected);
  }
}

TEST(Commands, AreCalledRuncWhenWeAre) {
  EXPECT_EQ(read({"list"}, "/usr/bin/runc").program, "runc");
  EXPECT_EQ(read({"list"}, "runc").program, "runc");
  EXPECT_EQ(read({"list"}, "/usr/bin/runc-old").program, "tare");
  EXPECT_EQ(read({"list"}, "").program, "tare");
}

TEST(Commands, HelpOfEachShowsItsOptions) {
  for (const Command& command : commands()) {
    std::string help = help_text("tare", &command);
    EXPECT_EQ(help.find("NAME:\n   tare " + std::string(command.name) + " - "), 0U);
    for (const Option& option : command.options) {
      EXPECT_NE(help.find("   --" + std::string(option.name)), std::string::npos) << option.name;
    }
    EXPECT_NE(help_text("tare", nullptr).find("   " + std::string(command.name) + " "),
              std::string::npos);
  }
}

TEST(Commands, OptionNamesAreUniqueWithinEach) {
  for (const Command& command : commands()) {
    std::vector<std::string> names;
    for (const Option& option : command.options) {
      names.emplace_back(option.name);
      if (option.letter != nullptr) names.emplace_back(option.letter);
    }
    std::vector<std::string> sorted = names;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(std::adjacent_find(sorted.begin(), sorted.end()), sorted.end()) << command.name;
  }
}

TEST(Version, OnlyTheFirstLineHasTheWord) {
  std::string text = version_text("runc");
  EXPECT_EQ(text.find("runc version "), 0U);
  EXPECT_EQ(text.find("version", text.find('\n')), std::string::npos) << text;
  EXPECT_NE(text.find("\nspec: 1.3.0\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\nlibseccomp: "), std::string::npos) << text;
}

}  // namespace
}  // namespace tare::cli
