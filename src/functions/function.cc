#include "functions/function.h"

#include <algorithm>

#include "base/text.h"

namespace weir::functions {
namespace {

constexpr BuiltIn kAll[] = {BuiltIn::get_table_details, BuiltIn::share_catalog_item,
                            BuiltIn::send_approval_notification, BuiltIn::activity_approver};

bool is_letter(char c) {
  char lower = base::ascii_lower(c);
  return lower >= 'a' && lower <= 'z';
}

bool is_variable_name(std::string_view name) {
  auto fits = [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && is_letter(name.front()) && std::ranges::all_of(name, fits);
}

}  // namespace

std::string_view to_string(BuiltIn which) {
  switch (which) {
    case BuiltIn::get_table_details: return "GetTableDetails";
    case BuiltIn::share_catalog_item: return "ShareCatalogItem";
    case BuiltIn::send_approval_notification: return "SendApprovalNotification";
    case BuiltIn::activity_approver: return "ActivityApprover";
  }
  return "";
}

std::optional<BuiltIn> parse_built_in(std::string_view text) {
  for (auto which : kAll)
    if (to_string(which) == text) return which;
  return std::nullopt;
}

base::Json to_json(BuiltIn which) { return to_string(which); }

base::Status from_json(const base::Json& json, BuiltIn& which) {
  auto read = parse_built_in(json.as_string() ? *json.as_string() : "");
  if (!read) return base::internal("a function's record names no built-in function");
  which = *read;
  return {};
}

base::Status check_environment(const Environment& environment) {
  size_t bytes = 0;
  for (const auto& [name, value] : environment) {
    bytes += name.size() + value.size();
    if (!is_variable_name(name))
      return base::invalid("Names of environment variables are letters, digits and _, beginning with a letter.",
                           "environment");
    if (value.find('\0') != std::string::npos)
      return base::invalid("The value of an environment variable holds no zero byte.", "environment");
  }
  if (bytes <= kEnvironmentBytesMax) return {};
  return base::invalid("Environment variables are 4096 bytes together at most.", "environment");
}

std::string url_without_query(std::string_view url) {
  auto query = url.find('?');
  return query == std::string_view::npos ? std::string(url) : std::string(url.substr(0, query)) + "?****";
}

}  // namespace weir::functions
