// How a Hive table lies in an object store: what every LakeAccess has to know of it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir::query {

// False for what writers leave behind and readers of Hive tables pass over.
bool is_data_file(std::string_view key, int64_t size);

// The values of a partition as its keys' cells: Hive has a word for NULL.
std::vector<std::optional<std::string>> partition_cells(const std::vector<std::string>& values);

// Whether the s3 address is inside of the other.
bool lies_in(const std::string& location, const std::string& table_location);

// What a location's keys begin with.
std::string folder_prefix(const std::string& key);

}  // namespace weir::query
