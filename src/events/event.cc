#include "events/event.h"

#include "base/text.h"

namespace weir::events {

base::Json envelope_of(const Event& event) {
  base::Json resources = base::to_json(event.resources);
  return base::Json::object()
      .set("version", "0")
      .set("id", event.id)
      .set("detail-type", event.detail_type)
      .set("source", event.source)
      .set("account", event.account)
      .set("time", base::to_iso8601(event.time))
      .set("region", event.region)
      .set("resources", std::move(resources))
      .set("detail", event.detail);
}

bool is_reserved_source(std::string_view source) {
  return base::starts_with_ignoring_case(source, "aws.") || base::starts_with_ignoring_case(source, "weir.");
}

}  // namespace weir::events
