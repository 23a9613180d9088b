// SendApprovalNotification of AWS's data sharing sample: the owner of a database is asked whether its data may be
// shared.
//
// It acts for the owner as ProducerWorkflowRole of the owner's account, which lets it publish to the topic
// DataLakeSharingApproval there and nothing else. With one-click links the topic gets the sample's message, raw token
// and all; else an approval is opened whose approvers are the topic's subscribers, for which the same permission is
// needed.
//
// Threads: any.
#pragma once
#include "app/functions/built_in_functions.h"

namespace weir::app {

base::Result<Invoked> send_approval_notification(const BuiltInCall& call);

}  // namespace weir::app
