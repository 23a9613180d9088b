#include "sharing/shareable.h"

#include "base/text.h"
#include "names/arn.h"

namespace weir::sharing {
namespace {

constexpr ResourceType kTypes[] = {ResourceType::catalog, ResourceType::database, ResourceType::table};
constexpr size_t kQuotedMax = 256;

base::Error not_shareable(std::string_view text) {
  return base::invalid("Resource " + std::string(text.substr(0, kQuotedMax)) +
                           " cannot be shared: glue:Catalog, glue:Database and glue:Table can.",
                       "parameter");
}

// Names that could match several, and empty ones, name nothing.
bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_of("*?/") == std::string_view::npos && base::is_valid_utf8(text);
}

}  // namespace

std::string_view to_string(ResourceType type) {
  switch (type) {
    case ResourceType::catalog: return "glue:Catalog";
    case ResourceType::database: return "glue:Database";
    case ResourceType::table: return "glue:Table";
  }
  return "";
}

std::span<const ResourceType> resource_types() { return kTypes; }

std::optional<ResourceType> resource_type_named(std::string_view name) {
  for (auto type : kTypes)
    if (base::equal_ignoring_case(to_string(type), name)) return type;
  return std::nullopt;
}

base::Result<Shareable> Shareable::parse(std::string_view text) {
  auto arn = names::Arn::parse(text);
  if (!arn.ok())
    return base::invalid("The specified resource ARN " + std::string(text.substr(0, kQuotedMax)) + " is not valid.",
                         "arn");
  bool glue = arn->partition == "aws" && arn->service == "glue" && !arn->region.empty();
  if (!glue || !names::is_account_id(arn->account)) return not_shareable(text);
  auto parts = base::split(arn->resource, '/');
  for (size_t i = 1; i < parts.size(); ++i)
    if (!is_name(parts[i])) return not_shareable(text);
  Shareable out;
  out.region = arn->region;
  out.account = arn->account;
  if (parts.size() > 1) out.database = base::to_lower(parts[1]);
  if (parts.size() > 2) out.table = base::to_lower(parts[2]);
  if (parts.size() == 1 && parts[0] == "catalog") {
    out.type = ResourceType::catalog;
  } else if (parts.size() == 2 && parts[0] == "database") {
    out.type = ResourceType::database;
  } else if (parts.size() == 3 && parts[0] == "table") {
    out.type = ResourceType::table;
  } else {
    return not_shareable(text);
  }
  out.text = base::to_lower(text);
  return out;
}

std::string_view type_name_of(std::string_view arn) {
  auto parsed = Shareable::parse(arn);
  return parsed.ok() ? to_string(parsed->type) : std::string_view();
}

}  // namespace weir::sharing
