// The documents of the mesh: who may take its roles, what they may do, and the state machine of the sample.
//
//  1. Least privilege: a statement names the resources of this account it is about. A "*" stands only where the action
//     knows no resource (lakeformation:GrantPermissions, states:SendTask*, organizations:DescribeOrganization).
//  2. The state machine is what CDK synthesises for the sample, function ARNs apart.
// Threads: any; everything is a value.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/mesh_place.h"

namespace weir::cli {

// --- who may take a role

base::Json trust_service(std::string_view service);
// Step Functions, for the machine of that name in this account alone; "*" matches any part of it.
base::Json trust_machine(const MeshPlace& place, std::string_view name);
// The roles of the central account that bear one of these names ("*" matches any part of one) and nobody else of it.
base::Json trust_notifiers(const names::AccountId& central, const std::vector<std::string>& notifiers);
// Whom the account itself allows to take the role; with principals, those alone.
base::Json trust_people(const names::AccountId& account, const std::vector<std::string>& principals);

// --- what a role may do

base::Json table_details_policy(const MeshPlace& place);
base::Json share_item_policy(const MeshPlace& place);
// Without producers nobody can be notified.
base::Json notification_policy(const MeshPlace& place, const std::vector<std::string>& producers);
base::Json approver_policy();
base::Json machine_policy(const MeshPlace& place);
// Of machines that carry access requests: everything that the functions of the sample's may, and no more of the lake.
base::Json requests_policy(const MeshPlace& place, const std::vector<std::string>& producers);
base::Json producer_policy(const MeshPlace& place);
base::Json authenticated_policy(const MeshPlace& place);
// Of the topic: the role that publishes, and nobody by default.
base::Json topic_policy(const MeshPlace& place);

// The producers that a notification_policy names.
std::vector<std::string> producers_in(const base::Json& notification_policy);

// --- the workflow

base::Json sample_machine(const MeshPlace& place);

}  // namespace weir::cli
