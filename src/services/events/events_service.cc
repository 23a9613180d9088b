#include "services/events/events_service.h"

#include "services/events/connection_operations.h"
#include "services/events/errors.h"
#include "services/events/rule_operations.h"

namespace weir::services {

const Service& events_service() {
  namespace op = wire::events::op;
  using namespace event_bridge;
  static const Route routes[] = {
      write<op::PutEvents, put_events>(),
      write<op::TestEventPattern, test_event_pattern>(),

      write<op::PutRule, put_rule>(),
      read<op::DescribeRule, describe_rule>(),
      write<op::ListRules, list_rules>(),
      write<op::EnableRule, enable_rule>(),
      write<op::DisableRule, disable_rule>(),
      write<op::DeleteRule, delete_rule>(),
      write<op::PutTargets, put_targets>(),
      read<op::ListTargetsByRule, list_targets>(),
      write<op::RemoveTargets, remove_targets>(),

      write<op::CreateConnection, create_connection>(),
      read<op::DescribeConnection, describe_connection>(),
      write<op::ListConnections, list_connections>(),
      write<op::UpdateConnection, update_connection>(),
      write<op::DeleteConnection, delete_connection>(),
      write<op::CreateApiDestination, create_destination>(),
      read<op::DescribeApiDestination, describe_destination>(),
      write<op::ListApiDestinations, list_destinations>(),
      write<op::UpdateApiDestination, update_destination>(),
      write<op::DeleteApiDestination, delete_destination>(),
  };
  static const Service service{&wire::events::model(), routes, &events_error};
  return service;
}

}  // namespace weir::services
