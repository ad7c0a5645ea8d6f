// completions bash|zsh|fish: the script of that shell, a template on standard input, with the
// tables put where it says @TABLES@, on standard output. Run by the build.
#include <cstdio>
#include <cstring>
#include <string>

#include "completions/words.h"

namespace {

constexpr const char* kPlace = "@TABLES@\n";

struct Shell {
  const char* name;
  std::string (*tables)();
};
constexpr Shell kShells[] = {{"bash", tare::completions::bash},
                             {"zsh", tare::completions::zsh},
                             {"fish", tare::completions::fish}};

std::string standard_input() {
  std::string text;
  char part[4096];
  while (size_t length = std::fread(part, 1, sizeof part, stdin)) text.append(part, length);
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  for (const Shell& shell : kShells) {
    if (argc != 2 || std::strcmp(argv[1], shell.name) != 0) continue;
    std::string script = standard_input();
    size_t place = script.find(kPlace);
    if (place == std::string::npos) break;
    script.replace(place, std::strlen(kPlace), shell.tables());
    return std::fwrite(script.data(), 1, script.size(), stdout) == script.size() ? 0 : 1;
  }
  std::fputs("completions bash|zsh|fish < TEMPLATE\n", stderr);
  return 1;
}
