// Requests and grants as the wire spells them.
#pragma once
#include "app/requests/access_requests.h"
#include "requests/access_grant.h"
#include "wire/weir_api_types.h"

namespace weir::services {

std::vector<app::WantedItem> wanted_items(const wire::List<wire::weir_api::AccessItem>& items);
wire::List<wire::weir_api::AccessItem> items_to_wire(const std::vector<requests::AskedItem>& items);
wire::weir_api::AccessOutcome to_wire(const requests::PolicyOutcome& outcome);
wire::weir_api::AccessRequestDescription to_wire(const app::ShownRequest& shown);
base::Result<wire::weir_api::AccessRequestDescription> described(base::Result<app::ShownRequest> shown);
wire::List<wire::weir_api::AskedApproval> to_wire(const std::vector<requests::AskedStep>& asked);
wire::List<std::string> texts(const std::vector<std::string>& from);
// Absent rather than empty.
void say(const std::string& text, std::optional<std::string>& member);

}  // namespace weir::services
