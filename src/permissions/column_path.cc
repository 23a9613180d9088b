#include "permissions/column_path.h"

#include <algorithm>

namespace weir::permissions {
namespace {

base::Error not_a_path(std::string_view text) {
  return base::invalid(
      "'" + std::string(text.substr(0, 255)) + "' is no column: a field is written as \"column\".\"field\".", "column");
}

// Takes a name in double quotes off the front of `rest`.
bool take_name(std::string_view& rest, std::string& name) {
  if (!rest.starts_with('"')) return false;
  for (size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] != '"') {
      name += rest[i];
    } else if (rest.substr(i + 1).starts_with('"')) {
      name += rest[i++];
    } else {
      rest.remove_prefix(i + 1);
      return !name.empty();
    }
  }
  return false;
}

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

base::Result<ColumnPath> parse_column_path(std::string_view text) {
  if (!text.starts_with('"')) return ColumnPath{std::string(text)};
  ColumnPath path;
  for (auto rest = text;;) {
    if (!take_name(rest, path.emplace_back())) return not_a_path(text);
    if (path.size() > kColumnPathLengthMax)
      return base::invalid("A field is nested too deeply: at most 5 names lead to it.", "column");
    if (rest.empty()) return path;
    if (!rest.starts_with('.')) return not_a_path(text);
    rest.remove_prefix(1);
  }
}

std::string spelled(const ColumnPath& path) {
  if (path.size() == 1 && !path.front().starts_with('"')) return path.front();
  std::string out;
  for (const auto& name : path) out += (out.empty() ? "" : ".") + quoted(name);
  return out;
}

bool begins_with(const ColumnPath& path, const ColumnPath& start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

}  // namespace weir::permissions
