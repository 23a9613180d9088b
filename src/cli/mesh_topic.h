// The topic of a producer account, by which its people are asked.
#pragma once
#include <string>

#include "base/json.h"
#include "cli/aws_client.h"
#include "cli/mesh_ledger.h"
#include "cli/mesh_place.h"

namespace weir::cli {

class MeshTopic {
 public:
  MeshTopic(const AwsClient& client, const MeshPlace& place, MeshLedger& ledger)
      : client_(client), place_(place), ledger_(ledger) {}

  // The policy names roles, so those are made first.
  base::Status put(const base::Json& policy);
  // Asks an address whether it wants the mails; one that was asked is not asked again.
  base::Status subscribe(const std::string& address);
  // With its subscriptions, as SNS does.
  base::Status remove();

 private:
  struct Found {
    bool there = false;
    bool ours = false;
    base::Json policy;
  };
  base::Result<Found> find() const;
  base::Status set_policy(const base::Json& policy);
  // The ARN of the address's subscription or "PendingConfirmation"; empty without one.
  base::Result<std::string> subscription_of(const std::string& address) const;

  const AwsClient& client_;
  const MeshPlace& place_;
  MeshLedger& ledger_;
};

}  // namespace weir::cli
