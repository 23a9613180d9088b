// What IAM's requests and answers have in common: whose name they carry, pages, tags, documents.
//
// Threads: free functions.
#pragma once
#include <string>
#include <type_traits>
#include <utility>

#include "base/text.h"
#include "identity/group.h"
#include "identity/records.h"
#include "identity/role.h"
#include "identity/tag.h"
#include "identity/user.h"
#include "wire/iam_operations.h"

namespace weir::services::iam {

template <class In>
concept NamesUser = requires(const In& in) {
  in.UserName;
};
template <class In>
concept NamesGroup = requires(const In& in) {
  in.GroupName;
};

// The noun a request is about, and its name: operations on users, groups and roles differ in nothing else.
template <class In>
using HolderOf = std::conditional_t<NamesUser<In>, identity::User,
                                    std::conditional_t<NamesGroup<In>, identity::Group, identity::Role>>;
template <class In>
const std::string& holder_name(const In& in) {
  if constexpr (NamesUser<In>) {
    return *in.UserName;
  } else if constexpr (NamesGroup<In>) {
    return *in.GroupName;
  } else {
    return *in.RoleName;
  }
}

template <class In>
identity::PageRequest page_request(const In& in) {
  identity::PageRequest page;
  if constexpr (requires { in.PathPrefix; }) page.path_prefix = in.PathPrefix.value_or("/");
  page.marker = in.Marker.value_or("");
  if (in.MaxItems) page.items_max = static_cast<size_t>(*in.MaxItems);
  return page;
}

template <class Out>
void finish_page(Out& out, const std::optional<std::string>& marker) {
  out.IsTruncated = marker.has_value();
  out.Marker = marker;
}

// Policy documents travel percent-encoded inside the XML.
inline std::string encoded(const std::string& document) { return base::uri_encode(document); }

inline base::Result<wire::Nothing> done(base::Status status) {
  if (!status.ok()) return std::move(status).error();
  return wire::Nothing{};
}

identity::Tags from_wire(const wire::List<wire::iam::Tag>& tags);
// Nothing is shown of no tags.
wire::List<wire::iam::Tag> to_wire(const identity::Tags& tags);
std::optional<wire::iam::AttachedPermissionsBoundary> to_wire(const std::optional<std::string>& boundary);

}  // namespace weir::services::iam
