#include "audit/lookup.h"

#include <algorithm>

namespace weir::audit {
namespace {

using base::Json;

bool same(const std::string& wanted, const std::string& is) { return wanted.empty() || wanted == is; }

bool is_user(const std::string& wanted, const Json& identity) {
  auto principal = identity.text("principalId");
  auto colon = principal.find(':');
  if (colon != std::string::npos && principal.substr(colon + 1) == wanted) return true;
  if (identity.text("userName") == wanted) return true;
  auto* context = identity.find("sessionContext");
  auto* issuer = context ? context->find("sessionIssuer") : nullptr;
  return issuer && issuer->text("userName") == wanted;
}

bool by_whom(const Lookup& lookup, const Json& record) {
  auto* identity = record.find("userIdentity");
  if (!identity) return lookup.user_name.empty() && lookup.access_key_id.empty();
  return same(lookup.access_key_id, identity->text("accessKeyId")) &&
         (lookup.user_name.empty() || is_user(lookup.user_name, *identity));
}

bool is_named(const std::string& arn, const std::string& name) {
  return arn == name || arn.substr(arn.find_last_of("/:") + 1) == name;
}

bool on_what(const Lookup& lookup, const Json& record) {
  if (lookup.resource_name.empty() && lookup.resource_type.empty()) return true;
  auto* list = record.find("resources");
  auto* resources = list ? list->as_array() : nullptr;
  return resources && std::ranges::any_of(*resources, [&](const Json& resource) {
           return same(lookup.resource_type, resource.text("type")) &&
                  (lookup.resource_name.empty() || is_named(resource.text("ARN"), lookup.resource_name));
         });
}

bool is_event(const Lookup& lookup, const Json& record) {
  return same(lookup.event_id, record.text("eventID")) || lookup.event_id == record.text("sharedEventID");
}

bool when(const Lookup& lookup, const Json& record) {
  if (!lookup.from && !lookup.until) return true;
  auto time = base::parse_iso8601(record.text("eventTime"));
  if (!time.ok()) return false;
  auto second = base::to_epoch_whole_seconds(*time);
  return (!lookup.from || second >= base::to_epoch_whole_seconds(*lookup.from)) &&
         (!lookup.until || second <= base::to_epoch_whole_seconds(*lookup.until));
}

}  // namespace

bool matches(const Lookup& lookup, const Json& record) {
  return record.text("recipientAccountId") == lookup.account && is_event(lookup, record) &&
         same(lookup.event_name, record.text("eventName")) && same(lookup.event_source, record.text("eventSource")) &&
         (!lookup.read_only || record.flag("readOnly") == *lookup.read_only) && by_whom(lookup, record) &&
         on_what(lookup, record) && when(lookup, record);
}

FirstLook::FirstLook(const Lookup& lookup) : texts_{Json(lookup.account).dump()} {
  for (auto* value : {&lookup.event_id, &lookup.event_name, &lookup.event_source, &lookup.access_key_id})
    if (!value->empty()) texts_.push_back(Json(*value).dump());
  if (lookup.from) from_ = base::to_iso8601(*lookup.from);
  if (lookup.until) until_ = base::to_iso8601(*lookup.until);
}

bool FirstLook::may_match(std::string_view line) const {
  return may_be_in_time(line) &&
         std::ranges::all_of(texts_, [&](const auto& text) { return line.find(text) != std::string_view::npos; });
}

bool FirstLook::may_be_in_time(std::string_view line) const {
  constexpr std::string_view kTime = R"("eventTime":")";
  constexpr size_t kDigits = std::string_view("2026-11-22T00:00:00Z").size();
  auto at = line.find(kTime);
  if (at == std::string_view::npos) return true;
  auto time = line.substr(at + kTime.size(), kDigits);
  if (time.size() < kDigits || time.back() != 'Z') return true;
  return time >= from_ && (until_.empty() || time <= until_);
}

}  // namespace weir::audit
