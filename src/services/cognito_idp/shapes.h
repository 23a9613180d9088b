// Between what the wire says and what the use cases know: pages, attributes, people and groups.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"
#include "people/group.h"
#include "people/page.h"
#include "people/person.h"
#include "wire/cognito_idp_operations.h"

namespace weir::services::cognito_idp {

namespace w = wire::cognito_idp;

base::Error not_offered(std::string_view name);

people::PageWanted page_from(const std::optional<std::string>& token, const std::optional<int32_t>& limit,
                             size_t otherwise);
// The token under which a page goes on, when it does.
std::optional<std::string> page_token(const std::string& next);

people::Attributes attributes_from(const wire::List<w::AttributeType>& given);
// With sub, as AWS shows them.
wire::List<w::AttributeType> to_wire(const people::Person& person);
w::UserType user_to_wire(const people::Person& person);
w::GroupType to_wire(const people::Group& group);

template <class Out>
base::Result<Out> done(base::Status status) {
  if (!status.ok()) return std::move(status).error();
  return Out{};
}

}  // namespace weir::services::cognito_idp
