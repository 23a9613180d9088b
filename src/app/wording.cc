#include "app/wording.h"

#include "base/text.h"

namespace weir::app {
namespace {

// Of tables, databases and the catalog AWS gives the name alone.
std::string wording(const permissions::Resource& on) {
  switch (on.kind) {
    case permissions::ResourceKind::catalog: return "Catalog";
    case permissions::ResourceKind::database: return on.database;
    case permissions::ResourceKind::table: return on.database + "." + on.table;
    case permissions::ResourceKind::all_tables:
    case permissions::ResourceKind::columns:
    case permissions::ResourceKind::data_cells_filter:
    case permissions::ResourceKind::data_location:
    case permissions::ResourceKind::nested_catalog:
    case permissions::ResourceKind::lf_tag:
    case permissions::ResourceKind::lf_tag_policy:
    case permissions::ResourceKind::lf_tag_expression: break;
  }
  return on.text();
}

}  // namespace

std::string wording(permissions::Privilege privilege) {
  std::vector<std::string> words;
  for (auto part : base::split(permissions::name_of(privilege), '_'))
    words.push_back(part == "LF" ? "LF" : std::string(part.substr(0, 1)) + base::to_lower(part.substr(1)));
  return base::join(words, " ");
}

std::string insufficient(permissions::Privilege privilege, const permissions::Resource& on) {
  return insufficient(wording(privilege) + " on " + wording(on));
}

std::string insufficient(std::string_view required) {
  return "Insufficient Lake Formation permission(s): Required " + std::string(required);
}

}  // namespace weir::app
