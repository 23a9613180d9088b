#include "services/s3/copy_source.h"

#include "base/text.h"
#include "services/s3/unoffered.h"

namespace weir::services {

base::Result<app::ObjectName> read_copy_source(std::string_view header,
                                               const std::optional<std::string>& expected_owner) {
  constexpr std::string_view kVersion = "?versionId=";
  auto version = header.rfind(kVersion);
  if (version != std::string_view::npos) {
    WEIR_CHECK_OK(check_version(std::string(header.substr(version + kVersion.size()))));
    header = header.substr(0, version);
  }
  auto decoded = base::uri_decode(header);
  std::string_view path = decoded;
  if (path.starts_with('/')) path.remove_prefix(1);
  auto slash = path.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == path.size())
    return base::invalid("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "copy-source");
  return app::ObjectName{std::string(path.substr(0, slash)), std::string(path.substr(slash + 1)), expected_owner};
}

}  // namespace weir::services
