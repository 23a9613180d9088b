#include "server/profile_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/text.h"
#include "cli/profile.h"

namespace weir::server {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// As a whole or not at all, and never readable by others.
base::Status write_private(const std::string& path, const std::string& text) {
  auto temporary = path + ".new";
  ::unlink(temporary.c_str());
  int fd = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) return base::internal("cannot write " + temporary);
  bool ok = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  if (!ok || ::rename(temporary.c_str(), path.c_str()) != 0) return base::internal("cannot write " + path);
  return {};
}

std::vector<std::string> sections(const std::string& text) {
  std::vector<std::string> out;
  for (auto line : base::split(text, '\n')) {
    line = base::trim(line);
    if (line.starts_with('[') && line.ends_with(']')) out.emplace_back(line.substr(1, line.size() - 2));
  }
  return out;
}

// The text without the section of that name.
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

ProfileFiles::ProfileFiles(const std::string& data_dir) : directory_(data_dir + "/aws") {
  std::error_code ignored;
  std::filesystem::create_directories(directory_, ignored);
}

base::Status ProfileFiles::add(const std::string& profile, const app::FirstKey& key) {
  auto path = directory_ + "/credentials";
  auto text = without_section(read_file(path), profile);
  text +=
      "[" + profile + "]\naws_access_key_id = " + key.id + "\naws_secret_access_key = " + key.secret.reveal() + "\n";
  WEIR_CHECK_OK(write_private(path, text));
  auto known = cli::read_section(directory_ + "/config", "default");
  return write_config(known["endpoint_url"], known["region"]);
}

base::Status ProfileFiles::point_to(const std::string& endpoint_url, const std::string& region) {
  return write_config(endpoint_url, region);
}

base::Status ProfileFiles::write_config(const std::string& endpoint_url, const std::string& region) {
  std::string text;
  for (const auto& profile : sections(read_file(directory_ + "/credentials"))) {
    text += profile == "default" ? "[default]\n" : "[profile " + profile + "]\n";
    if (!region.empty()) text += "region = " + region + "\n";
    if (!endpoint_url.empty()) text += "endpoint_url = " + endpoint_url + "\n";
    text += "s3 =\n    addressing_style = path\n";
  }
  return write_private(directory_ + "/config", text);
}

}  // namespace weir::server
