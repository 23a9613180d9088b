#include "permissions/encode_view.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace weir::permissions {
namespace {

constexpr std::array<std::string_view, 5> kTypeNames{"", "COLUMN_PERMISSION", "CELL_FILTER_PERMISSION",
                                                     "NESTED_PERMISSION", "NESTED_CELL_PERMISSION"};

base::Result<std::string> text_of(const catalog::PredicatePtr& predicate) {
  if (!predicate) return base::internal("encode_view: a visible column without a predicate");
  auto text = catalog::to_text(*predicate);
  if (base::utf8_length(text) <= kFilterTextMax) return text;
  return base::fail(
      base::Kind::limit_exceeded,
      "The filters that apply to you on this table, joined, exceed the 2048 characters an engine is sent. "
      "Access is refused rather than widened; hold fewer or shorter filters.",
      "row filter");
}

base::Status add(const VisibleLeaf& leaf, const TableView& view, EncodedView& out) {
  auto name = spelled(leaf.path);
  out.authorized_columns.push_back(name);
  if (catalog::is_always(leaf.visible_when)) return {};
  if (leaf.visible_when && leaf.visible_when == view.row_filter && out.row_filter) {
    out.cell_filters.push_back({name, *out.row_filter});
    return {};
  }
  WEIR_TRY(auto text, text_of(leaf.visible_when));
  out.cell_filters.push_back({name, std::move(text)});
  return {};
}

}  // namespace

base::Result<EncodedView> encode_view(const TableView& view) {
  EncodedView out;
  if (view.columns.empty()) return out;
  if (!view.all_rows) {
    WEIR_TRY(out.row_filter, text_of(view.row_filter));
  }
  for (const auto& leaf : leaves_of(view)) WEIR_CHECK_OK(add(leaf, view, out));
  return out;
}

std::string_view permission_type(EnforcementLevel level) { return kTypeNames[static_cast<size_t>(level)]; }

base::Result<EnforcementLevel> parse_permission_type(std::string_view name) {
  for (size_t i = 1; i < kTypeNames.size(); ++i)
    if (kTypeNames[i] == name) return static_cast<EnforcementLevel>(i);
  if (name == "COLUMN_PERMISSIONS")
    return base::invalid("COLUMN_PERMISSIONS is not a permission type; it is spelled COLUMN_PERMISSION.",
                         "permission type");
  return base::invalid("Unknown permission type: " + std::string(name.substr(0, 64)), "permission type");
}

base::Status check_enforceable(const TableView& view, const std::vector<EnforcementLevel>& offered) {
  auto needed = view.level();
  auto best = EnforcementLevel::none;
  for (auto level : offered) best = std::max(best, level);
  if (best >= needed) return {};
  std::string names;
  for (auto level : offered) (names += names.empty() ? "" : ", ") += permission_type(level);
  return base::fail(base::Kind::type_mismatch,
                    "The permissions on this table need an engine that supports " +
                        std::string(permission_type(needed)) + "; this one offers " + (names.empty() ? "none" : names) +
                        ".",
                    "permission type");
}

}  // namespace weir::permissions
