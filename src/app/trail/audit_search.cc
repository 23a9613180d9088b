#include "app/trail/audit_search.h"

#include <algorithm>

#include "app/trail/trail.h"
#include "app/trail/trail_record.h"
#include "audit/lookup.h"
#include "base/text.h"

namespace weir::app {
namespace {

bool contains(const std::string& text, const std::string& lower_words) {
  return base::to_lower(text).find(lower_words) != std::string::npos;
}

const base::Json* issuer_of(const base::Json& record) {
  const auto* identity = record.find("userIdentity");
  const auto* context = identity ? identity->find("sessionContext") : nullptr;
  return context ? context->find("sessionIssuer") : nullptr;
}

bool is_by(const base::Json& record, const std::string& principal) {
  if (principal.empty()) return true;
  const auto* issuer = issuer_of(record);
  auto is = [&](const std::string& name) { return name == principal; };
  return is(text_in(record, "additionalEventData", "lakeFormationPrincipal")) ||
         is(text_in(record, "userIdentity", "arn")) || is(text_in(record, "userIdentity", "userName")) ||
         is(text_in(record, "userIdentity", "principalId")) ||
         (issuer && (is(issuer->text("arn")) || is(issuer->text("userName"))));
}

bool is_named(const std::string& arn, const std::string& name) {
  if (arn == name || arn.substr(arn.find_last_of("/:") + 1) == name) return true;
  auto dot = name.find('.');
  auto table = arn.find(":table/");
  return dot != name.npos && table != arn.npos &&
         arn.substr(table + 7) == name.substr(0, dot) + "/" + name.substr(dot + 1);
}

bool is_on(const base::Json& record, const std::string& resource) {
  if (resource.empty()) return true;
  const auto* list = record.find("resources");
  const auto* resources = list ? list->as_array() : nullptr;
  return resources &&
         std::ranges::any_of(*resources, [&](const auto& one) { return is_named(one.text("ARN"), resource); });
}

bool fits(const AuditSearch& search, const std::string& lower_words, const base::Json& record) {
  if (search.denied && *search.denied != is_denial(record)) return false;
  if (!search.decision.empty() && text_in(record, "additionalEventData", "decisionId") != search.decision) return false;
  return is_by(record, search.principal) && is_on(record, search.resource) &&
         (lower_words.empty() || contains(record.dump(), lower_words));
}

// How far a search came: in which page of the journal, and behind how many of its records.
struct Place {
  std::string page;
  size_t behind = 0;

  std::string token() const { return std::to_string(behind) + "." + page; }
};

base::Result<Place> parse_place(const std::string& token) {
  if (token.empty()) return Place{};
  auto dot = token.find('.');
  auto behind = base::parse_int(std::string_view(token).substr(0, dot));
  bool sound = dot != token.npos && behind && *behind >= 0 && *behind <= static_cast<int64_t>(audit::kLookupMax);
  if (!sound) return base::invalid("The NextToken is not one of this search.", "token");
  return Place{token.substr(dot + 1), static_cast<size_t>(*behind)};
}

audit::Lookup lookup_of(const AuditSearch& search) {
  audit::Lookup out;
  out.event_id = search.decision.empty() ? "" : search.decision;
  out.event_name = search.event_name;
  out.event_source = search.event_source;
  out.read_only = search.read_only;
  out.from = search.from;
  out.until = search.until;
  out.limit = audit::kLookupMax;
  return out;
}

}  // namespace

base::Result<audit::Found> search_audit(Call& call, const AuditSearch& search) {
  auto lookup = lookup_of(search);
  auto lower_words = base::to_lower(search.words);
  WEIR_TRY(auto place, parse_place(search.token));
  WEIR_TRY(lookup.account, authorize_reading_trail(call));
  audit::Found out;
  for (size_t looked_at = 0; looked_at < kSearchLookedAtMax; looked_at += audit::kLookupMax) {
    lookup.next_token = place.page;
    WEIR_TRY(auto page, call.lake().journal.lookup(lookup));
    for (; place.behind < page.events.size(); ++place.behind) {
      if (out.events.size() == search.limit) return out.next_token = place.token(), out;
      auto& record = page.events[place.behind];
      if (fits(search, lower_words, record)) out.events.push_back(std::move(record));
    }
    if (page.next_token.empty()) return out;
    place = {page.next_token, 0};
  }
  out.next_token = place.token();
  return out;
}

}  // namespace weir::app
