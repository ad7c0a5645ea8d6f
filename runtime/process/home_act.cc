// HOME of the user, from the container's /etc/passwd, when the environment has none. The file is
// the image's: read in the root only, at most 1 MiB, regular files only, never blocking
// (CVE-2026-47262).
#include <linux/openat2.h>

#include "runtime/act/kernel.h"
#include "runtime/act/resolve.h"
#include "runtime/act/syscall.h"
#include "runtime/act/text.h"
#include "runtime/process/ops.h"

namespace tare::act {
namespace {

constexpr size_t kMaxFile = 1U << 20;
constexpr int kUidField = 2;
constexpr int kHomeField = 5;

// Reads the file in small blocks and remembers two fields of the line it is in.
class Scanner {
 public:
  explicit Scanner(uint32_t uid) { wanted_.add_number(uid); }

  // True when `c` ended the line that was looked for.
  bool feed(char c) {
    if (c == '\n') {
      bool match = field_ >= kHomeField && equal(uid_.text(), wanted_.text()) && !home_.cut();
      if (match) return true;
      field_ = 0;
      uid_ = {};
      home_ = {};
      return false;
    }
    if (c == ':') {
      ++field_;
    } else if (field_ == kUidField) {
      uid_.add(c);
    } else if (field_ == kHomeField) {
      home_.add(c);
    }
    return false;
  }
  const char* home() const { return home_.text(); }

 private:
  int field_ = 0;
  Buffer<16> wanted_;
  Buffer<16> uid_;
  Buffer<1024> home_;
};

bool find(int file, Scanner& scanner) {
  char block[2048];
  for (size_t total = 0; total < kMaxFile;) {
    long size = call(__NR_read, file, block, sizeof block);
    if (size <= 0) return scanner.feed('\n');
    for (long i = 0; i < size; ++i) {
      if (scanner.feed(block[i])) return true;
    }
    total += static_cast<size_t>(size);
  }
  return false;
}

void set_home(Context& context, const char* directory) {
  constexpr char kName[] = "HOME=";
  size_t size = length(directory);
  if (size == 0 || size + sizeof kName > sizeof context.home) {
    directory = "/";
    size = 1;
  }
  copy(context.home, kName, sizeof kName - 1);
  copy(context.home + sizeof kName - 1, directory, size + 1);
}

}  // namespace

void home(Context& context, const Op& op) {
  set_home(context, "/");
  struct open_how how {};
  how.flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  ScopedFd seen(resolve(context.root, "/etc/passwd", Missing::Fail));
  if (seen.get() < 0 || file_type(seen.get()) != S_IFREG) return;
  ScopedFd file(call(__NR_openat2, context.root, "/etc/passwd", &how, sizeof how));
  if (file.get() < 0 || file_type(file.get()) != S_IFREG) return;
  Scanner scanner(op.number);
  if (find(file.get(), scanner)) set_home(context, scanner.home());
}

}  // namespace tare::act
