// Writes a section of an INI file as AWS tools read them.
//
// INVARIANT: a file is replaced as a whole or not at all, and only its owner can read it.
//
// Threads: one writer of a file at a time; nothing locks it.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace weir::cli {

using Section = std::vector<std::pair<std::string, std::string>>;  // names and values, in order

// Replaces the section of that name, or adds it at the end; the other sections stay as they are.
base::Status write_section(const std::string& file, const std::string& name, const Section& section);
base::Status write_private(const std::string& path, const std::string& text);
// The names of the file's sections, in order; none for an absent file.
std::vector<std::string> section_names(const std::string& file);

}  // namespace weir::cli
