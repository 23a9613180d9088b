#include "app/events/event_buses.h"

namespace weir::app {

base::Result<events::BusName> bus_of(const Call& call, const std::optional<std::string>& name_or_arn) {
  return events::parse_bus(name_or_arn.value_or(std::string(events::kDefaultBus)), call.lake().region,
                           call.caller().account());
}

base::Status check_default_bus(const Call& call, const events::BusName& bus) {
  if (bus.name == events::kDefaultBus && bus.region == call.lake().region) return {};
  return base::not_found("Event bus " + bus.name + " does not exist.", "resource");
}

base::Result<std::string> authorize_rule(Call& call, std::string action, const std::optional<std::string>& bus,
                                         const std::string& rule, policy::Context extra) {
  WEIR_TRY(auto named, bus_of(call, bus));
  call.about("name", rule);
  call.about("eventBusName", named.name);
  Ask ask{std::move(action), events::rule_arn(named.region, named.account, rule), named.account, std::move(extra)};
  WEIR_CHECK_OK(call.authorize(ask));
  WEIR_CHECK_OK(check_default_bus(call, named));
  return named.account;
}

}  // namespace weir::app
