#include "cli/profile_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "base/text.h"

namespace weir::cli {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

base::Error cannot_write(const std::string& path) { return base::invalid("cannot write " + path, "profile"); }

std::string without_section(const std::string& text, const std::string& name) {
  std::string out;
  bool inside = false;
  for (auto line : base::split(text, '\n')) {
    if (base::trim(line).starts_with('[')) inside = base::trim(line) == "[" + name + "]";
    if (!inside && !line.empty()) out.append(line).append("\n");
  }
  return out;
}

}  // namespace

base::Status write_private(const std::string& path, const std::string& text) {
  auto temporary = path + ".new";
  ::unlink(temporary.c_str());
  int fd = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) return cannot_write(temporary);
  bool ok = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  if (!ok || ::rename(temporary.c_str(), path.c_str()) != 0) return cannot_write(path);
  return {};
}

base::Status write_section(const std::string& file, const std::string& name, const Section& section) {
  auto text = without_section(read_file(file), name) + "[" + name + "]\n";
  for (const auto& [key, value] : section) {
    if (base::has_control_characters(value)) return base::invalid("a value of the profile spans lines", "profile");
    text.append(key).append(" = ").append(value).append("\n");
  }
  return write_private(file, text);
}

std::vector<std::string> section_names(const std::string& file) {
  std::vector<std::string> out;
  auto text = read_file(file);
  for (auto line : base::split(text, '\n')) {
    line = base::trim(line);
    if (line.starts_with('[') && line.ends_with(']')) out.emplace_back(line.substr(1, line.size() - 2));
  }
  return out;
}

}  // namespace weir::cli
