// What sharing has to know of organizations, asked at the moment of the question.
//
// Threads: as the implementation; the one in app/ is a view of one State.
#pragma once
#include <string_view>

namespace weir::sharing {

class Memberships {
 public:
  virtual ~Memberships() = default;

  // Whether both accounts are in one organization.
  virtual bool are_together(std::string_view account, std::string_view other) const = 0;
  // Whether the account's organization lets its members share without invitations.
  virtual bool sharing_enabled(std::string_view account) const = 0;
  // Whether the organization or unit of that ARN has the account somewhere in it.
  virtual bool contains(std::string_view arn, std::string_view account) const = 0;
  // Whether that ARN is of the account's organization or of a unit in it.
  virtual bool is_own_organization(std::string_view arn, std::string_view account) const = 0;

  // Whether `owner` may share with `account` on the footing of membership.
  bool trusted(std::string_view owner, std::string_view account) const {
    return owner != account && are_together(owner, account) && sharing_enabled(owner);
  }
};

}  // namespace weir::sharing
