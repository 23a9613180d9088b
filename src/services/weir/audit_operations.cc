#include "services/weir/audit_operations.h"

#include "app/trail/audit_search.h"
#include "app/trail/trail_record.h"
#include "app/trail/usage.h"
#include "services/weir/request_words.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

AuditEvent event_to_wire(const base::Json& record) {
  AuditEvent out;
  out.EventId = record.text("eventID");
  if (auto at = base::parse_iso8601(record.text("eventTime"))) out.At = *at;
  out.EventName = record.text("eventName");
  out.EventSource = record.text("eventSource");
  out.Principal = app::who_of(record);
  say(app::table_of(record), out.Table);
  out.Resources.give();
  if (const auto* resources = record.find("resources"); resources && resources->as_array())
    for (const auto& resource : *resources->as_array()) out.Resources.push_back(resource.text("ARN"));
  out.Outcome = app::is_denial(record) ? "DENIED" : "ALLOWED";
  say(app::text_in(record, "additionalEventData", "decisionId"), out.DecisionId);
  say(record.text("errorMessage"), out.Message);
  out.ReadOnly = record.flag("readOnly");
  say(record.text("sourceIPAddress"), out.SourceIpAddress);
  out.Record = record.dump();
  return out;
}

app::UsageBy by_of(const std::string& name) {
  if (name == "PRINCIPAL") return app::UsageBy::principal;
  if (name == "TABLE") return app::UsageBy::table;
  if (name == "OPERATION") return app::UsageBy::operation;
  if (name == "DOOR") return app::UsageBy::door;
  return app::UsageBy::decision;
}

}  // namespace

base::Result<SearchAuditResponse> search_audit(app::Call& call, const SearchAuditRequest& in) {
  app::AuditSearch search{.from = in.StartTime,
                          .until = in.EndTime,
                          .event_name = in.EventName.value_or(""),
                          .event_source = in.EventSource.value_or(""),
                          .principal = in.Principal.value_or(""),
                          .resource = in.Resource.value_or(""),
                          .decision = in.DecisionId.value_or(""),
                          .words = in.Words.value_or(""),
                          .read_only = in.ReadOnly,
                          .token = in.NextToken.value_or("")};
  if (in.Outcome) search.denied = *in.Outcome == "DENIED";
  if (in.MaxResults) search.limit = static_cast<size_t>(*in.MaxResults);
  WEIR_TRY(auto found, app::search_audit(call, search));
  SearchAuditResponse out;
  out.Events.give();
  for (const auto& record : found.events) out.Events.push_back(event_to_wire(record));
  say(found.next_token, out.NextToken);
  return out;
}

base::Result<GetUsageResponse> get_usage(app::Call& call, const GetUsageRequest& in) {
  app::UsageQuestion question{.from = *in.From,
                              .until = *in.To,
                              .bucket = *in.Bucket == "HOUR" ? app::UsageBucket::hour : app::UsageBucket::day,
                              .by = by_of(*in.By),
                              .principal = in.Principal.value_or(""),
                              .table = in.Table.value_or(""),
                              .operation = in.Operation.value_or(""),
                              .door = in.Door.value_or("")};
  WEIR_TRY(auto usage, app::usage(call, question));
  GetUsageResponse out;
  out.Points.give();
  for (auto& point : usage.points) {
    UsagePoint one;
    one.At = point.at;
    say(point.of, one.Of);
    one.Allowed = point.allowed;
    one.Denied = point.denied;
    out.Points.push_back(std::move(one));
  }
  out.Complete = usage.complete;
  return out;
}

}  // namespace weir::services
