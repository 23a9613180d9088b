// What the requests and answers of resource sharing have in common: pages, tags, associations.
//
// Threads: free functions.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "app/iam/iam_page.h"
#include "app/sharing/resource_shares.h"
#include "app/sharing/share_associations.h"
#include "wire/ram_operations.h"

namespace weir::services::ram {

namespace w = wire::ram;

inline constexpr size_t kPageUsual = 100;

identity::Tags from_wire(const wire::List<w::Tag>& tags);
app::ShareSide side_of(const std::string& resource_owner);
w::ResourceShare to_wire(const sharing::Share& share);
w::ResourceShareAssociation to_wire(const app::ShownAssociation& association);

// The page of `items` that `in` asks for. `key_of` is the same for no two items and stays with its item.
template <class In, class T, class KeyOf>
base::Result<identity::Page<T>> page_of(const In& in, std::vector<T> items, KeyOf key_of) {
  identity::PageRequest request;
  request.marker = in.nextToken.value_or("");
  request.items_max = in.maxResults ? static_cast<size_t>(*in.maxResults) : kPageUsual;
  return app::page_of(std::move(items), request, key_of);
}

// The same, shown through `show` into `list`, with the token in `out`.
template <class In, class Out, class T, class KeyOf, class List, class Show>
base::Status answer_page(const In& in, Out& out, std::vector<T> items, KeyOf key_of, List& list, Show show) {
  WEIR_TRY(auto page, ram::page_of(in, std::move(items), key_of));
  list.give();
  for (const auto& item : page.items) list.push_back(show(item));
  out.nextToken = std::move(page.marker);
  return {};
}

// InvalidParameterException for a member that was given and means nothing here.
base::Error not_offered(std::string_view member);

template <class Out>
Out done(const std::optional<std::string>& token) {
  Out out;
  out.returnValue = true;
  out.clientToken = token;
  return out;
}

}  // namespace weir::services::ram
