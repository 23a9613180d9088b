#include "cli/text_file.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "base/text.h"

namespace weir::cli {

base::Result<std::string> read_text(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    file.open(path);
    if (!file) return base::invalid("cannot read " + path, "file");
  }
  std::stringstream text;
  text << (path == "-" ? std::cin.rdbuf() : file.rdbuf());
  std::string out(base::trim(text.str()));
  if (out.empty()) return base::invalid(path + " is empty", "file");
  return out;
}

}  // namespace weir::cli
