// Texts that commands are given as files: what is secret, or long, is not for the command line.
#pragma once
#include <string>

#include "base/result.h"

namespace weir::cli {

// The text of the file, "-" for standard input, without the white space around it. invalid about "file": it cannot be
// read, or is empty.
base::Result<std::string> read_text(const std::string& path);

}  // namespace weir::cli
