#include "app/sessions/issued_credentials.h"

namespace weir::app {

void tell_issued(Call& call, const identity::Credentials& credentials) {
  call.gave("credentials", base::Json::object()
                               .set("accessKeyId", credentials.access_key_id)
                               .set("expiration", base::to_iso8601(credentials.expires)));
}

void tell_issued(Call& call, const identity::AssumedRole& role) {
  tell_issued(call, role.credentials);
  call.gave("assumedRoleUser", base::Json::object().set("assumedRoleId", role.assumed_role_id).set("arn", role.arn));
}

void tell_issued(Call& call, const identity::FederatedUser& user) {
  tell_issued(call, user.credentials);
  call.gave("federatedUser", base::Json::object().set("federatedUserId", user.id).set("arn", user.arn));
}

}  // namespace weir::app
