// What Organizations' requests and answers have in common: pages, tags, and the one policy type there is.
//
// Threads: free functions.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "app/iam/iam_page.h"
#include "identity/organization.h"
#include "wire/organizations_operations.h"

namespace weir::services::organizations {

inline constexpr size_t kPageMost = 20;
inline constexpr std::string_view kControlPolicies = "SERVICE_CONTROL_POLICY";

identity::Tags from_wire(const wire::List<wire::organizations::Tag>& tags);
wire::organizations::Root to_wire_root(const identity::Organization& organization);

// PolicyTypeNotAvailableForOrganization for every type but service control policies: nothing else is enforced.
base::Status check_policy_type(const std::string& type);

inline base::Result<wire::Nothing> done(base::Status status) {
  if (!status.ok()) return std::move(status).error();
  return wire::Nothing{};
}

// The page of `items` that `in` asks for: its items through `show` into `list`, its token into `out`.
template <class In, class Out, class T, class KeyOf, class List, class Show>
base::Status answer_page(const In& in, Out& out, std::vector<T> items, KeyOf key_of, List& list, Show show) {
  identity::PageRequest request;
  request.marker = in.NextToken.value_or("");
  request.items_max = kPageMost;
  if constexpr (requires { in.MaxResults; })
    if (in.MaxResults) request.items_max = static_cast<size_t>(*in.MaxResults);
  WEIR_TRY(auto page, app::page_of(std::move(items), request, key_of));
  list.give();
  for (auto& item : page.items) list.push_back(show(item));
  out.NextToken = std::move(page.marker);
  return {};
}

}  // namespace weir::services::organizations
