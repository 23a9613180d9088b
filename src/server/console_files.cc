#include "server/console_files.h"

#include <algorithm>
#include <vector>

// The bytes themselves, among the constants of the program.
asm(".pushsection .rodata,\"a\",@progbits\n"
    ".global weir_console_bytes\n"
    "weir_console_bytes:\n"
    ".incbin \"" WEIR_CONSOLE_BYTES
    "\"\n"
    ".popsection\n");
extern "C" const char weir_console_bytes[];

namespace weir::server {
namespace {

struct Place {
  size_t begin;
  size_t length;
  std::string_view text() const { return {weir_console_bytes + begin, length}; }
};

struct Row {
  std::string_view path, type, hash;
  Place plain, gzip, brotli;
};

// Ends with a row of nothing, so that there may be no file.
constexpr Row kRows[] = {
#include "console/console_table.inc"
    {"", "", "", {0, 0}, {0, 0}, {0, 0}}};

std::vector<ConsoleFile> read_rows() {
  std::vector<ConsoleFile> out;
  for (const auto& row : kRows)
    if (!row.path.empty())
      out.push_back({row.path, row.type, row.hash, row.plain.text(), row.gzip.text(), row.brotli.text()});
  return out;
}

}  // namespace

std::span<const ConsoleFile> console_files() {
  static const std::vector<ConsoleFile> kFiles = read_rows();
  return kFiles;
}

const ConsoleFile* find_console_file(std::string_view path) {
  auto files = console_files();
  auto at = std::ranges::find(files, path, &ConsoleFile::path);
  return at == files.end() ? nullptr : &*at;
}

}  // namespace weir::server
