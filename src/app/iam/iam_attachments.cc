#include "app/iam/iam_attachments.h"

#include "app/iam/iam_page.h"
#include "app/iam/iam_targets.h"
#include "base/text.h"

namespace weir::app {
namespace {

Deed about_policy(std::string action, const std::string& policy_arn) {
  Deed deed{std::move(action), {}, true};
  deed.extra.set("iam:PolicyARN", policy_arn);
  return deed;
}

// arn:aws:iam::A:policy/team/Name -> /team/
std::string path_of(const std::string& policy_arn) {
  auto first = policy_arn.find('/');
  return first == std::string::npos ? "" : policy_arn.substr(first, policy_arn.rfind('/') - first + 1);
}

}  // namespace

template <class T>
base::Status attach_policy(Call& call, const std::string& holder, const std::string& policy_arn) {
  call.about("policyArn", policy_arn);
  WEIR_TRY(auto record, authorize_named<T>(call, about_policy(iam_action<T>("Attach", "Policy"), policy_arn), holder));
  return change(call, record,
                [&](store::Transaction& tx) { return records_of(tx, record).attach(record.name, policy_arn); });
}

template <class T>
base::Status detach_policy(Call& call, const std::string& holder, const std::string& policy_arn) {
  call.about("policyArn", policy_arn);
  WEIR_TRY(auto record, authorize_named<T>(call, about_policy(iam_action<T>("Detach", "Policy"), policy_arn), holder));
  return change(call, record,
                [&](store::Transaction& tx) { return records_of(tx, record).detach(record.name, policy_arn); });
}

template <class T>
base::Result<identity::Page<Attachment>> list_attached_policies(Call& call, const std::string& holder,
                                                                const identity::PageRequest& page) {
  auto action = std::string("iam:ListAttached").append(IamNoun<T>::kName).append("Policies");
  WEIR_TRY(auto record, authorize_named<T>(call, {action}, holder));
  std::vector<Attachment> attached;
  for (const auto& arn : record.policies.attached)
    if (path_of(arn).starts_with(page.path_prefix)) attached.push_back({arn.substr(arn.rfind('/') + 1), arn});
  return page_of(std::move(attached), page,
                 [](const Attachment& one) { return base::to_lower(one.name) + '\0' + one.arn; });
}

#define WEIR_INSTANTIATE(T)                                                                              \
  template base::Status attach_policy<T>(Call&, const std::string&, const std::string&);                 \
  template base::Status detach_policy<T>(Call&, const std::string&, const std::string&);                 \
  template base::Result<identity::Page<Attachment>> list_attached_policies<T>(Call&, const std::string&, \
                                                                              const identity::PageRequest&);
WEIR_INSTANTIATE(identity::User)
WEIR_INSTANTIATE(identity::Group)
WEIR_INSTANTIATE(identity::Role)
#undef WEIR_INSTANTIATE

}  // namespace weir::app
