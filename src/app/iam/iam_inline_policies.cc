#include "app/iam/iam_inline_policies.h"

#include "app/iam/iam_page.h"
#include "app/iam/iam_targets.h"
#include "base/text.h"

namespace weir::app {

template <class T>
base::Status put_inline_policy(Call& call, const std::string& holder, const std::string& name,
                               const std::string& document) {
  call.about("policyName", name);
  call.about("policyDocument", document);
  WEIR_TRY(auto record, authorize_named<T>(call, {iam_action<T>("Put", "Policy"), {}, true}, holder));
  return change(call, record,
                [&](store::Transaction& tx) { return records_of(tx, record).put_policy(record.name, name, document); });
}

template <class T>
base::Result<std::string> get_inline_policy(Call& call, const std::string& holder, const std::string& name) {
  call.about("policyName", name);
  WEIR_TRY(auto record, authorize_named<T>(call, {iam_action<T>("Get", "Policy")}, holder));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return records_of(*tx, record).get_policy(record.name, name);
}

template <class T>
base::Status delete_inline_policy(Call& call, const std::string& holder, const std::string& name) {
  call.about("policyName", name);
  WEIR_TRY(auto record, authorize_named<T>(call, {iam_action<T>("Delete", "Policy"), {}, true}, holder));
  return change(call, record,
                [&](store::Transaction& tx) { return records_of(tx, record).erase_policy(record.name, name); });
}

template <class T>
base::Result<identity::Page<std::string>> list_inline_policies(Call& call, const std::string& holder,
                                                               const identity::PageRequest& page) {
  WEIR_TRY(auto record, authorize_named<T>(call, {iam_action<T>("List", "Policies")}, holder));
  std::vector<std::string> names;
  for (const auto& [name, document] : record.policies.inline_documents) names.push_back(name);
  return page_of(std::move(names), page, [](const std::string& name) { return base::to_lower(name); });
}

#define WEIR_INSTANTIATE(T)                                                                                      \
  template base::Status put_inline_policy<T>(Call&, const std::string&, const std::string&, const std::string&); \
  template base::Result<std::string> get_inline_policy<T>(Call&, const std::string&, const std::string&);        \
  template base::Status delete_inline_policy<T>(Call&, const std::string&, const std::string&);                  \
  template base::Result<identity::Page<std::string>> list_inline_policies<T>(Call&, const std::string&,          \
                                                                             const identity::PageRequest&);
WEIR_INSTANTIATE(identity::User)
WEIR_INSTANTIATE(identity::Group)
WEIR_INSTANTIATE(identity::Role)
#undef WEIR_INSTANTIATE

}  // namespace weir::app
