#include "query/hive_layout.h"

#include "names/arn.h"

namespace weir::query {

bool is_data_file(std::string_view key, int64_t size) {
  auto name = key.substr(key.rfind('/') + 1);
  return !name.empty() && name[0] != '_' && name[0] != '.' && size > 0;
}

std::vector<std::optional<std::string>> partition_cells(const std::vector<std::string>& values) {
  std::vector<std::optional<std::string>> out;
  for (const auto& value : values)
    out.push_back(value == "__HIVE_DEFAULT_PARTITION__" ? std::nullopt : std::optional(value));
  return out;
}

bool lies_in(const std::string& location, const std::string& table_location) {
  auto inner = names::S3Path::parse(location), outer = names::S3Path::parse(table_location);
  return inner && outer && outer->covers(*inner);
}

std::string folder_prefix(const std::string& key) { return key.empty() || key.ends_with('/') ? key : key + "/"; }

}  // namespace weir::query
