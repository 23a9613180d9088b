// The files of the web console, as they were packed into the program (codegen/pack_console.mjs): pages of the program
// that are in memory once somebody has asked for them.
//
// Threads: constants.
#pragma once
#include <span>
#include <string_view>

namespace weir::server {

struct ConsoleFile {
  std::string_view path;  // below /-/console/
  std::string_view type;
  std::string_view hash;  // of the bytes
  std::string_view plain;
  std::string_view gzip;    // empty where it would not be smaller
  std::string_view brotli;  // alike

  // Its name has a hash of what is in it: there never is another one of that name.
  bool is_for_ever() const { return path.starts_with("assets/"); }
};

// Empty in a program that was built without its console.
std::span<const ConsoleFile> console_files();
// Null when there is none of that path, to the letter.
const ConsoleFile* find_console_file(std::string_view path);

}  // namespace weir::server
