#include "server/profile_files.h"

#include <filesystem>

#include "cli/profile.h"
#include "cli/profile_file.h"

namespace weir::server {

ProfileFiles::ProfileFiles(const std::string& data_dir) : directory_(data_dir + "/aws") {
  std::error_code ignored;
  std::filesystem::create_directories(directory_, ignored);
}

base::Status ProfileFiles::add(const std::string& profile, const app::FirstKey& key) {
  WEIR_CHECK_OK(cli::write_section(directory_ + "/credentials", profile,
                                   {{"aws_access_key_id", key.id}, {"aws_secret_access_key", key.secret.reveal()}}));
  auto known = cli::read_section(directory_ + "/config", "default");
  return write_config(known["endpoint_url"], known["region"]);
}

base::Status ProfileFiles::point_to(const std::string& endpoint_url, const std::string& region) {
  return write_config(endpoint_url, region);
}

base::Status ProfileFiles::write_config(const std::string& endpoint_url, const std::string& region) {
  std::string text;
  for (const auto& profile : cli::section_names(directory_ + "/credentials")) {
    text += profile == "default" ? "[default]\n" : "[profile " + profile + "]\n";
    if (!region.empty()) text += "region = " + region + "\n";
    if (!endpoint_url.empty()) text += "endpoint_url = " + endpoint_url + "\n";
    text += "s3 =\n    addressing_style = path\n";
  }
  return cli::write_private(directory_ + "/config", text);
}

}  // namespace weir::server
