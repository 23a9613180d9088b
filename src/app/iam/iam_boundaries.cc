#include "app/iam/iam_boundaries.h"

#include "app/iam/iam_targets.h"

namespace weir::app {

template <class T>
base::Status put_boundary(Call& call, const std::string& holder, const std::string& policy_arn) {
  call.about("permissionsBoundary", policy_arn);
  // The key is the boundary asked for, not the one that is there.
  Deed deed{iam_action<T>("Put", "PermissionsBoundary")};
  deed.extra.set("iam:PermissionsBoundary", policy_arn);
  WEIR_TRY(auto record, authorize_named<T>(call, deed, holder));
  return change(call, record,
                [&](store::Transaction& tx) { return records_of(tx, record).set_boundary(record.name, policy_arn); });
}

template <class T>
base::Status delete_boundary(Call& call, const std::string& holder) {
  Deed deed{iam_action<T>("Delete", "PermissionsBoundary"), {}, true};
  WEIR_TRY(auto record, authorize_named<T>(call, deed, holder));
  return change(call, record,
                [&](store::Transaction& tx) { return records_of(tx, record).erase_boundary(record.name); });
}

template base::Status put_boundary<identity::User>(Call&, const std::string&, const std::string&);
template base::Status put_boundary<identity::Role>(Call&, const std::string&, const std::string&);
template base::Status delete_boundary<identity::User>(Call&, const std::string&);
template base::Status delete_boundary<identity::Role>(Call&, const std::string&);

}  // namespace weir::app
