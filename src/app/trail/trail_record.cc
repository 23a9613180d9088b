#include "app/trail/trail_record.h"

#include "names/arn.h"

namespace weir::app {
namespace {

// arn:aws:glue:REGION:ACCOUNT:table/DATABASE/TABLE
std::string table_named(const std::string& arn, const std::string& account) {
  constexpr std::string_view kTable = "table/";
  auto parsed = names::Arn::parse(arn);
  if (!parsed || parsed->service != "glue" || !parsed->resource.starts_with(kTable)) return {};
  auto name = parsed->resource.substr(kTable.size());
  if (auto slash = name.find('/'); slash != name.npos) name[slash] = '.';
  return parsed->account == account ? name : parsed->account + ":" + name;
}

}  // namespace

std::string text_in(const base::Json& record, std::string_view member, std::string_view name) {
  const auto* found = record.find(member);
  return found ? found->text(name) : "";
}

bool is_denial(const base::Json& record) { return !text_in(record, "additionalEventData", "decisionId").empty(); }

std::string who_of(const base::Json& record) {
  if (auto name = text_in(record, "additionalEventData", "lakeFormationPrincipal"); !name.empty()) return name;
  const auto* identity = record.find("userIdentity");
  if (!identity) return "somebody";
  return identity->text("principalId") + " of account " + identity->text("accountId");
}

std::string table_of(const base::Json& record) {
  const auto* list = record.find("resources");
  if (!list || !list->as_array()) return {};
  for (const auto& resource : *list->as_array())
    if (auto name = table_named(resource.text("ARN"), record.text("recipientAccountId")); !name.empty()) return name;
  return {};
}

}  // namespace weir::app
