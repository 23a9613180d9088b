// What the operations of EventBridge share: records and wire shapes that spell their members alike, and pages.
#pragma once
#include "app/events/event_rules.h"
#include "base/text.h"
#include "services/service.h"
#include "wire/events_operations.h"

namespace weir::services::event_bridge {

namespace w = wire::events;

inline base::Error not_offered(const std::string& what) {
  return base::fail(base::Kind::unsupported, "Parameter " + what + " is not valid. Reason: it is not offered here.",
                    "parameter");
}

inline base::Result<wire::Nothing> done(base::Status status) {
  if (!status.ok()) return std::move(status).error();
  return wire::Nothing{};
}

// Tokens are names as they are not shown: nobody should make one.
template <class In>
base::Result<app::ListQuery> query_of(const In& in) {
  app::ListQuery query;
  query.prefix = in.NamePrefix.value_or("");
  if (in.Limit) query.limit = static_cast<size_t>(*in.Limit);
  if (!in.NextToken) return query;
  auto token = base::unbase64url(*in.NextToken);
  if (!token.ok()) return base::invalid("Parameter NextToken is not valid.", "parameter");
  query.token = std::move(*token);
  return query;
}

inline std::optional<std::string> token_of(const std::string& next) {
  return next.empty() ? std::nullopt : std::optional(base::base64url(next));
}

// A record whose members are called as AWS calls them, as the shape and back.
template <class W>
W shape_from(const base::Json& json) {
  W out;
  auto read = wire::read_sdk_json(wire::shape_of<W>(), json, &out);
  CHECK_TRUE(read.ok(), "a record has the members of its shape");
  return out;
}
template <class W>
base::Json json_from(const W& shape) {
  return wire::write_sdk_json(wire::shape_of<W>(), &shape);
}

}  // namespace weir::services::event_bridge
