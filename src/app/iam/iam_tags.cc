#include "app/iam/iam_tags.h"

#include "app/iam/iam_page.h"
#include "app/iam/iam_targets.h"
#include "base/text.h"

namespace weir::app {

template <class T>
base::Status add_tags(Call& call, const std::string& holder, const identity::Tags& tags) {
  call.about("tags", tags_json(tags));
  Deed deed{std::string("iam:Tag").append(IamNoun<T>::kName)};
  describe_request_tags(tags, deed.extra);
  WEIR_TRY(auto record, authorize_named<T>(call, deed, holder));
  return change(call, record, [&](store::Transaction& tx) { return records_of(tx, record).tag(record.name, tags); });
}

template <class T>
base::Status remove_tags(Call& call, const std::string& holder, const std::vector<std::string>& keys) {
  call.about("tagKeys", base::Json(base::Json::Array(keys.begin(), keys.end())));
  Deed deed{std::string("iam:Untag").append(IamNoun<T>::kName)};
  describe_request_tag_keys(keys, deed.extra);
  WEIR_TRY(auto record, authorize_named<T>(call, deed, holder));
  return change(call, record, [&](store::Transaction& tx) { return records_of(tx, record).untag(record.name, keys); });
}

template <class T>
base::Result<identity::Page<identity::Tag>> list_tags(Call& call, const std::string& holder,
                                                      const identity::PageRequest& page) {
  WEIR_TRY(auto record, authorize_named<T>(call, {iam_action<T>("List", "Tags")}, holder));
  return page_of(std::move(record.tags), page, [](const identity::Tag& tag) { return base::to_lower(tag.key); });
}

#define WEIR_INSTANTIATE(T)                                                                         \
  template base::Status add_tags<T>(Call&, const std::string&, const identity::Tags&);              \
  template base::Status remove_tags<T>(Call&, const std::string&, const std::vector<std::string>&); \
  template base::Result<identity::Page<identity::Tag>> list_tags<T>(Call&, const std::string&,      \
                                                                    const identity::PageRequest&);
WEIR_INSTANTIATE(identity::User)
WEIR_INSTANTIATE(identity::Role)
#undef WEIR_INSTANTIATE

}  // namespace weir::app
