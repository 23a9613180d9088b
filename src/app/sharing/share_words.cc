#include "app/sharing/share_words.h"

#include <algorithm>

#include "app/sharing/resource_shares.h"
#include "app/sharing/share_joining.h"

namespace weir::app {
namespace {

template <class T>
std::vector<std::string> texts_of(const std::vector<T>& items) {
  std::vector<std::string> out;
  for (const auto& item : items) out.push_back(item.text);
  return out;
}

template <class T>
void add_once(std::vector<T>& items, T item) {
  if (std::ranges::find(items, item.text, &T::text) == items.end()) items.push_back(std::move(item));
}

base::Status check_count(size_t count, std::string_view what) {
  if (count <= kSharedAtOnceMax) return {};
  return base::invalid("A request has 100 " + std::string(what) + " at most.", "parameter");
}

}  // namespace

std::vector<std::string> SharedWords::resource_texts() const { return texts_of(resources); }
std::vector<std::string> SharedWords::receiver_texts() const { return texts_of(receivers); }

base::Result<SharedWords> read_words(Call& call, const names::AccountId& owner,
                                     const std::vector<std::string>& resources,
                                     const std::vector<std::string>& principals) {
  WEIR_CHECK_OK(check_count(resources.size(), "resources"));
  WEIR_CHECK_OK(check_count(principals.size(), "principals"));
  if (!resources.empty()) call.about("resourceArns", base::to_json(resources));
  if (!principals.empty()) call.about("principals", base::to_json(principals));
  SharedWords out;
  for (const auto& text : resources) {
    WEIR_TRY(auto resource, sharing::Shareable::parse(text));
    WEIR_CHECK_OK(check_shareable(call, owner, resource));
    add_once(out.resources, std::move(resource));
  }
  for (const auto& text : principals) {
    WEIR_TRY(auto receiver, sharing::Receiver::parse(text));
    add_once(out.receivers, std::move(receiver));
  }
  return out;
}

}  // namespace weir::app
